"""What is meant with what is selected, asked before it is planned."""
