"""The audit log: who did what to which studies, when, and how it ended; no names, no Patient IDs."""
