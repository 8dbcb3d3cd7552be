"""Paths to records: the header walker on raw bytes, and the scan with its workers."""
