"""A table of an IEP: which column holds what, and a draft for each row that is filled in."""
