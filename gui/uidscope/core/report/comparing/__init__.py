"""Two folders, or two files, side by side in words and formats."""
