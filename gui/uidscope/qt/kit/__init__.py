"""Looks and parts of the window that know nothing of DICOM: plain values in, signals out."""
