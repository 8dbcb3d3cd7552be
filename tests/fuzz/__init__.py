"""Files that are wrong in a million ways: no reader dies over one, hangs or takes the memory."""
