"""What strangers' files and failing machines may do, and what must happen: docs/threats.md, row by row."""
