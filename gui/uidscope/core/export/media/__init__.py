"""The layout for media: names, records, and the DICOMDIR."""
