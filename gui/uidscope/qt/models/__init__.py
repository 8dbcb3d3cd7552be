"""The rows of lists and trees: plain values from the core, as Qt asks for them."""
