"""Finding words again: in proposals, amendments, decisions and minutes, whatever the accents and the endings.

    words       what somebody typed, taken apart (pure)
    sources     where words stand: tables, who may read them, which is an index
    finding     what holds all of the words, in order, page by page
    marking     the passages with the words marked (pure)

It stores nothing. The indexes are made over the words where they stand, so nothing of what is frozen is touched, and
nothing can be found that is not there any more.
"""
