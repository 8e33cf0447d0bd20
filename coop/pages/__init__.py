"""Everything a member sees. The only place that speaks HTTP.

A folder for each room of the house, a module for each noun in it, each form above its page. What stands here beside the
rooms is used by all of them and knows none.
"""
