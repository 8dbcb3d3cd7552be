"""The UID itself: syntax, anatomy, known UIDs, roots and elements, and the schemes that make new ones."""
