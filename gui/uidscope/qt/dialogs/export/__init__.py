"""Where a plan is written, how, and what came of it."""
