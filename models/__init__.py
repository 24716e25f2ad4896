"""The rows and their rules. Imported as a whole, so that every table is known to the metadata."""
