"""Pictures of the window, of all its panels and dialogs, over files made in code."""
