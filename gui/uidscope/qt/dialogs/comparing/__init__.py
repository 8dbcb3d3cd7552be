"""Two folders, or two file copies, side by side."""
