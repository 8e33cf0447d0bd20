"""The register in and out of spreadsheets: read, looked at, confirmed, worked off, taken back; carried out safely."""
