"""The auditor: reads everything, changes nothing (practice C10).

Findings with their reply clock, what was read, counts of cash and stock, reports on the documents of an assembly,
appeals against sanctions. It stands below `meetings`, whose agendas it fills.
"""
