"""UIDscope finds, explains and mends identifiers in folders of DICOM files."""

__version__ = "0.1.0"
