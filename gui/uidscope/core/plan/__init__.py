"""Intentions to a map of old and new UIDs: what will change, previewed and undone."""
