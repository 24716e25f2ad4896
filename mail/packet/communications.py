"""What was said and written, in full, with how it came and what it answers."""

from collections.abc import Mapping
from typing import Any

from mail.packet.entry import entry
from mail.packet.paper import Paper


def communications(paper: Paper) -> dict[str, Any] | None:
    w, found = paper.words["communications"], paper.facts.communications
    if not found:
        return None
    return {
        "notes": [w["intro"].format(number=paper.number(len(found)))],
        "items": [_communication(paper, one) for one in found],
    }


def how(paper: Paper, one: Mapping[str, Any]) -> str:
    """`E-mail, from us (team)`."""
    w = paper.words["communications"]
    return f"{w['channels'][one['channel']]}, {w[one['direction']]} ({w['parties'][one['party']]})"


def _communication(paper: Paper, one: Mapping[str, Any]) -> dict[str, Any]:
    w = paper.words["communications"]
    title = f"{one['number']}. {paper.at(one['at'])} – {how(paper, one)}"
    under = [f"{w['with']} {', '.join(one['with'])}"] if one["with"] else []
    under.append(w["recorded"].format(at=paper.at(one["recorded_at"])))
    for name in ("answers", "corrects", "corrected"):
        if one[name]:
            under.append(w[name].format(number=one[name]))
    if one["awaiting_reply"]:
        under.append(w["awaiting"])
    below = []
    if mail := one["mail"]:
        facts = [w["mail_from"].format(**{"from": mail["from"]})]
        facts += [w["mail_sent"].format(at=paper.at(mail["sent_at"]))] if mail["sent_at"] else []
        facts.append(w["mail_received"].format(at=paper.at(mail["received_at"])))
        facts += [w["mail_id"].format(id=mail["mail_id"])] if mail["mail_id"] else []
        facts += [] if paper.facts.is_redacted else [w["mail_hash"].format(sha256=mail["sha256"])]
        below.append(f"{w['mail']}: {'; '.join(facts)}")
    if one["deliveries"]:
        below.append(
            f"{w['to']} " + ", ".join(f"{each['to']} ({w.get(each['state'], each['state'])})" for each in one["deliveries"])
        )
    if one["shortened"]:
        below.append(w["shortened"].format(number=paper.number(one["shortened"])))
    return entry(
        f"communication-{one['number']}",
        title,
        under=under,
        subject=one["subject"],
        text=one["summary"],
        below=below,
        attached=paper.attached(one["attachments"]),
        attached_label=w["attachments"],
    )
