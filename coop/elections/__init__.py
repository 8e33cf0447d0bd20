"""Who holds an office, how long, and how they lose it: elections, recalls, resignations, seats that fall empty.

A stage beside `proposals`: it knows the members' offices and the sealed box, and no text that is amended. `decisions`
and `meetings` stand below it.
"""
