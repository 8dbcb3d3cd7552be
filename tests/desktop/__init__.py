"""The program as its user has it: a real screen, mouse, keyboard and screen reader's interface.

A command of its own, `python -m tests.desktop`, and no part of the test command: it needs Xvfb, xdotool,
D-Bus and AT-SPI, and takes its time.
"""
