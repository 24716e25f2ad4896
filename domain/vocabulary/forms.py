"""A table of the vocabulary, as it is written: a name, and after a colon the other forms that people write for it."""

import re
from collections.abc import Iterator


def entries(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name with its forms, which go on in lines that are indented."""
    for entry in re.sub(r"\n +", " ", table.strip()).split("\n"):
        name, _, forms = entry.partition(": ")
        yield name, tuple(forms.split(", ")) if forms else ()
