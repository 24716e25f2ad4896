"""The report on the wording of a version; and as one page to print, which loads nothing, and in which nothing runs."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, render_template

from api.marks import marked, with_blanks
from api.verbs import find, now, practice
from api.wording_check import with_wording
from api.words import words
from models.booking import initials_of
from models.iep_version import IepVersion
from models.student import Student

STYLE = Path(__file__).parent.parent / "web" / "templates" / "wording_report.css"
EXAMPLE_HTML = '<!doctype html>\n<html lang="en">\n<head>...</head>\n<body>...</body>\n</html>\n'
KINDS = {
    "service": "Service",
    "accommodation": "Accommodation",
    "modification": "Modification",
    "goal": "Goal",
    "support": "Support",
}
STATES = {"draft": "a draft", "in_force": "in force", "superseded": "superseded"}


def weakest_first(version: IepVersion, provisions: Iterable[Any]) -> dict[str, Any]:
    """The wording of a whole version, the weakest provision first."""
    weighed_lines = []
    for row in provisions:
        line = with_wording({**row._asdict(), "provision_id": row.id})
        wording = line.pop("wording")
        nothing: dict[str, Any] = {"findings": [], "elements": None, "score": None, "rewrite": None}
        weighed_lines.append({**line, **(vars(wording) if wording else nothing), "is_english": wording is not None})
    scores = [line["score"] for line in weighed_lines if line["score"] is not None]
    found = Counter(finding.category for line in weighed_lines for finding in line["findings"])
    return {
        "iep_version_id": version.id,
        "number": version.number,
        "score": round(sum(scores) / len(scores)) if scores else None,
        "findings_by_category": dict(found.most_common()),
        "provisions": sorted(weighed_lines, key=lambda line: (line["score"] is None, line["score"], str(line["provision_id"]))),
    }


def printed(version: IepVersion, report: Mapping[str, Any]) -> Response:
    """The report as a page. It names the child by initials: papers are left on tables."""
    known, firm = words("en"), practice()
    lines = [
        {
            **line,
            "pieces": marked(line["text"], [(finding.start, finding.end) for finding in line["findings"]]),
            "rewritten": with_blanks(line["rewrite"] or ""),
        }
        for line in report["provisions"]
    ]
    style, policy = _style()
    shown = render_template(
        "wording_report.html",
        words=known,
        report={**report, "provisions": lines},
        version=version,
        practice=firm,
        initials=initials_of(find(Student, version.student_id).name),
        state=STATES[version.state],
        kinds=KINDS,
        effective=_effective(version),
        today=_in_words(now().astimezone(ZoneInfo(firm.timezone)).date()),
        style=style,
        policy=policy,
    )
    response = Response(shown, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="iep-version-{version.number}-wording.html"'
    return response


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the policy that lets this one in and nothing else; the file keeps it when it is saved."""
    text = STYLE.read_text()
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _effective(version: IepVersion) -> str:
    begins = _in_words(version.effective_from)
    return f"{begins} to {_in_words(version.effective_to)}" if version.effective_to else f"from {begins}"


def _in_words(on: date) -> str:
    """October 6, 2026"""
    return f"{words('en')['when']['months'][on.month - 1]} {on.day}, {on.year}"
