"""The shop floor: problems and who answers for them, what one shift tells the next, plan and output, prices and sales.

A stage beside `ballots`: it knows the plant and its members, and no meeting. Meetings stand below it: they say that
they were held (`actions.met`) and what they decided.
"""
