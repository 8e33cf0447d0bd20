"""What somebody does while holding an office, and answers for.

Questions and how fast they are answered, urgent decisions that land on the next agenda, deputies, second signatures,
and what is handed over at the end (practice C26). It stands below `meetings`, whose agendas it fills.
"""
