"""Tables that show the old and the new plan side by side: the new one is read."""

import re
from dataclasses import replace

from domain.reading.form.heading import topic_of
from domain.reading.form.label import DATES, END, IGNORED, MIXED, NAME, START, TYPE, Label
from domain.reading.form.old_and_new import is_new, is_old
from domain.reading.form.topic import SERVICE, Topic
from domain.reading.tables.table import Layout

# Of what is in the column for the new plan: nothing is promised any more; or what was.
GOES = re.compile(
    r"^\W*(?:discontinu\w*|end(?:ed|s|ing)?|stop(?:ped|s)?|dropped|removed|deleted|dismissed|exit(?:ed)?"
    r"|no longer\b.*|(?:goal )?(?:was )?"
    r"(?:met|mastered|achieved)\b.*|not (?:continued|offered|needed|provided)\b.*|no (?:new )?(?:goal|service|longer)\b.*"
    r"|take[ns]? (?:out|away)|closed|completed)\W*$",
    re.IGNORECASE,
)
AS_BEFORE = re.compile(
    r"^\W*(?:same|no change|unchanged|continue[sd]?|continuing|as before|stays|keep|kept|as is|same as (?:before"
    r"|last year))\W*$",
    re.IGNORECASE,
)


def amended(layout: Layout, topic: Topic | None) -> Layout:
    """Of the columns for the old and the new wording, the new one is read."""
    olds = [
        column
        for column in layout.columns
        if is_old(column.label.text) and not re.search(r"\bdate", column.label.text, re.IGNORECASE)
    ]
    news = [
        column
        for column in layout.columns
        if is_new(column.label.text) and column not in olds and column.label.role not in (START, END, DATES)
    ]
    if not olds or not news:
        return layout
    named = [column for column in layout.columns if column.label.role == NAME and column not in olds and column not in news]
    for column in olds:
        column.label = Label(IGNORED, column.label.text)
    if (
        named
        and SERVICE in (named[0].label.kinds or (topic.kinds if topic else ()))
        and not any(topic_of(column.label.text) for column in news)
    ):
        # "Service | Last year | This year": how much, where and by whom stand in one cell.
        for column in news:
            column.label = Label(MIXED, column.label.text)
        layout.is_amended = True
        return layout
    for column in layout.columns:
        if column in news:
            topic = topic_of(column.label.text)
            column.label = Label(NAME, column.label.text, kinds=topic.kinds if topic else (), strength=20)
        elif column.label.role == NAME:
            column.label = replace(column.label, role=TYPE)
    layout.is_amended = True
    return layout
