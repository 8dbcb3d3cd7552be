"""The plan and its export in the window: verbs, models, words."""
