"""Whether a document is a draft."""

import re

from domain.reading.about.texts import texts
from domain.reading.block import Pages
from domain.reading.listed import listed

_SAYS_DRAFT = listed("draft copy only iep version document not final for discussion review purposes the a this is")
_A_DRAFT = re.compile(
    r"\bDRAFT\b|^\W*[Dd]raft\b|\b[Dd]raft (?:IEP|iep|copy|only|document|version|for|[Ii]ndividuali[sz]ed|\d)"
    r"|[(\[–—-] ?[Dd]raft\b"
    r"|\b[Dd]raft\W*$|\b[Pp]roposed [Dd]raft\b"
)
_DRAFT_OF_WORK = re.compile(
    r"\b(?:first|rough|final|second|writ\w*|essay|paragraph|not a|no longer a|will|edit\w*)\b.{0,20}\bdrafts?\b"
    r"|\bdrafts?\b.{0,25}\b(?:of (?:a|the|his|her) |paragraph|essay)",
    re.IGNORECASE,
)


def is_draft(pages: Pages) -> bool:
    """Whether it says of itself that it is a draft: a watermark, a header, its title."""
    stands = [*pages.margins, *(text for _, text in zip(range(12), texts(pages), strict=False))]
    for text in stands:
        said = " ".join(text[:300].split())
        words = re.findall(r"[a-z]+", said.lower())
        if "draft" in words and set(words) <= _SAYS_DRAFT:
            return True
        if _A_DRAFT.search(said) and not _DRAFT_OF_WORK.search(said):
            return True
    return False
