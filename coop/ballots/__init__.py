"""The sealed box. It knows a question, options, a roll, a window and a count; not what the question is about."""
