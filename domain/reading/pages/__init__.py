"""The printed pages of a document: from each in reading order to the blocks of the whole."""
