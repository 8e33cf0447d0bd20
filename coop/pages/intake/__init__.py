"""Lists from a spreadsheet that are looked at before they are entered."""
