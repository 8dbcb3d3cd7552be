"""How the program starts and ends: one window, what it is asked to open, and what is left of a crash."""
