"""A plain text: from its lines to the blocks of a document, tables drawn with blanks, tabs or bars included."""
