"""The organization's UIDs: products, versions and installations under one root."""
