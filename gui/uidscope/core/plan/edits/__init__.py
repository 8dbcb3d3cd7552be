"""What changes in one file: the values that follow, and what is written beside them."""
