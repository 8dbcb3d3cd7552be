"""Which UID becomes what: instances, series, studies and all other entities."""
