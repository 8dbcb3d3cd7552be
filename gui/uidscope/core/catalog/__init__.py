"""Records to Patient > Study > Series > Instance on SQLite, and the questions one may ask of it."""
