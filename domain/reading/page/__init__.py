"""One printed page: from what it draws to lines and tables in reading order."""
