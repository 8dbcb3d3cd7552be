"""The catalog to findings: rules declared as data, one module a family."""
