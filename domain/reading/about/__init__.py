"""What a document is, whose, and from when to when; asked before anything is read in it."""
