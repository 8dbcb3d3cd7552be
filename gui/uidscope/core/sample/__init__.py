"""Sample data: a folder of small DICOM files made by the program, faulty on purpose."""
