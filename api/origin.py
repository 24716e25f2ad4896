"""Where an exception came from, as the log tells it. Apart from the problems, so that a worker need not know of those."""

import traceback
from pathlib import Path


def where(error: BaseException) -> str:
    """Where it happened, on one line. Not what it said: messages of libraries quote values."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
