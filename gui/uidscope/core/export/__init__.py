"""The map to files: rewrite one file; stage, verify and publish them all."""
