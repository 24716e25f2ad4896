"""The blocks of an IEP one after the other: headings tell what is promised below them, and each promise is a draft."""
