"""The tree of patients, studies, series and instances."""
