"""The organization's UIDs."""
