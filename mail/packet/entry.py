"""How a communication, an observation and a statement are set: they are drawn alike."""

from typing import Any

from mail.packet.text import one_line, paragraphs


def entry(label: str, title: str, **more: Any) -> dict[str, Any]:
    """One of them: links lead to its `label`; `more` says what it has of the names below."""
    said = {
        "subject": None,
        "question": None,
        "answers": [],
        "attached": [],
        "attached_label": "",
        "added": [],
        "under": [],
        **more,
    }
    said["under"] = [one_line(one) for one in said["under"]]
    said["below"] = [one_line(one) for one in said["below"]]
    said["subject"] = one_line(said["subject"]) if said["subject"] else None
    return {**said, "label": label, "title": one_line(title), "text": paragraphs(said["text"])}
