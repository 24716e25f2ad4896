"""Minutes promised beside minutes given, in a row of a table, in words and as a plot."""

from collections.abc import Mapping, Sequence
from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import one_line, shortened
from mail.plots import Bar, by_service

# In a bar's label, and in the title of a service.
_SHORT, TITLE = 58, 90


def plot_of_all(paper: Paper, counted: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """A plot of all services of which something was owed, and what it shows in words; None where there is none."""
    shown = [one for one in counted if one["owed"]]
    if not shown:
        return None
    listed = "; ".join(f"{service_name(one, TITLE)}: {one['delivered']} / {one['owed']}" for one in shown)
    alt = paper.words["delivery"]["alt_all"].format(list=listed)
    return {
        "svg": by_service([bar(service_name(one, _SHORT), one) for one in shown], plot_words(paper)),
        "alt": one_line(alt),
    }


def plot_words(paper: Paper) -> dict[str, str]:
    w = paper.words["delivery"]
    return {name: w[name] for name in ("owed", "delivered", "made_up", "short_bar", "minutes")}


def bar(label: str, one: Mapping[str, Any]) -> Bar:
    return Bar(label, one["owed"] or 0, one["delivered"], one["made_up"], one["short"] or 0)


def amounts(paper: Paper, name: str, one: Mapping[str, Any], *, is_sum: bool = False) -> dict[str, Any]:
    """A row of minutes: owed, delivered, made up, short, and which share was given."""
    figures = [paper.number(one[figure]) for figure in ("owed", "delivered", "made_up", "short")]
    return {"cells": [one_line(name), *figures, _share(one)], "is_sum": is_sum}


def _share(one: Mapping[str, Any]) -> str:
    """How much of what was promised was given: whole percents, rounded down, so that all is only said where all is. More than
    was promised of one service fills up no other."""
    return f"{100 * (one['owed'] - one['short']) // one['owed']}%" if one["owed"] else "–"


def split(paper: Paper, one: Mapping[str, Any]) -> list[str]:
    """What is short, by what the log says of it: most often it says nothing."""
    w = paper.words["delivery"]
    told = [f"{paper.number(minutes)} {w[name]}" for name, minutes in one["short_by"].items() if minutes]
    return [f"{w['split']}: {', '.join(told)}."] if told else []


def service_name(one: Mapping[str, Any], most: int) -> str:
    return shortened(one["label"], most)
