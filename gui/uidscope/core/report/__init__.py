"""Findings and results to text, JSON, CSV and HTML, in words."""
