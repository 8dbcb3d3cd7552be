"""Small faults put in on purpose, to see whether the tests find them: `python -m tests.mutants`."""
