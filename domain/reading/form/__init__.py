"""What the words of a form mean: of headings, of labels, and what people put in."""
