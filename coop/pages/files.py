"""Files that leave the house: what they are, and that none is opened as a page of it."""

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


SHUT = "default-src 'none'; sandbox"  # a file opens outside the house, and never as a page of it
