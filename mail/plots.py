"""Plots for papers: SVG by matplotlib, drawn so that they are read in ten seconds, in colour, in grey and by the colour-blind.

What was promised is an empty frame, what was given fills it: what is missing is the white that is left. The figures stand
beside, in the paper.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from textwrap import fill

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

_INK, _NAVY, _MIDDLE, _GREY = "#16202a", "#1d3557", "#8fa6bf", "#4d5862"
_FACE = "Noto Sans"
# Text stays text, in the faces of the paper, and none of it is a formula; the same figures give the same bytes.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "packet", "font.family": _FACE, "text.parse_math": False})
mpl.rcParams["hatch.linewidth"] = 0.6
fontManager.addfont(str(files("manimgx_fonts") / "NotoSans[wght].ttf"))
# More of them than this stand too close together to be read.
MOST_BARS = 36


@dataclass(frozen=True)
class Bar:
    """Minutes of a month, or of a service; `made_up` are part of `delivered`."""

    label: str
    owed: int
    delivered: int
    made_up: int
    short: int


def by_month(bars: Sequence[Bar], words: dict[str, str]) -> str:
    """Upright bars, a month each; of more than MOST_BARS the last ones. `words`: owed, delivered, made_up, short, minutes."""
    bars = bars[-MOST_BARS:]
    figure = Figure(figsize=(6.5, 2.5), layout="constrained")
    axes = figure.subplots()
    places = range(len(bars))
    axes.bar(places, [one.owed for one in bars], 0.74, facecolor="white", edgecolor=_INK, linewidth=1.1, label=words["owed"])
    given = [one.delivered - one.made_up for one in bars]
    axes.bar(places, given, 0.5, facecolor=_NAVY, edgecolor=_NAVY, linewidth=0.6, label=words["delivered"])
    if any(one.made_up for one in bars):
        made_up = [one.made_up for one in bars]
        axes.bar(
            places, made_up, 0.5, given, facecolor="white", edgecolor=_NAVY, linewidth=0.8, hatch="////", label=words["made_up"]
        )
    top = max([1, *(max(one.owed, one.delivered) for one in bars)])
    small = len(bars) > 14
    for place, one in zip(places, bars, strict=True):
        if one.short:
            height = max(one.owed, one.delivered) + top * 0.025
            said = f"−{one.short:,}" if small else words["short_bar"].format(n=f"{one.short:,}")
            axes.text(place, height, said, ha="center", va="bottom", fontsize=6 if small else 7.5, color=_INK)
    axes.set_xticks(list(places), [one.label for one in bars], rotation=60 if small else 0, fontsize=6.5 if small else 7.5)
    axes.set_ylim(0, top * 1.18)
    axes.set_xlim(-0.6, max(len(bars), 3) - 0.4)
    axes.set_ylabel(words["minutes"], fontsize=7.5, color=_GREY)
    _sober(axes)
    figure.legend(loc="outside upper left", ncols=3, fontsize=7.5, frameon=False, handlelength=1.3, borderaxespad=0)
    return _svg(figure)


def by_service(bars: Sequence[Bar], words: dict[str, str]) -> str:
    """Lying bars, a service each: the share of what was promised that was given. `words`: given, short, of."""
    figure = Figure(figsize=(6.5, 0.42 + 0.46 * len(bars)), layout="constrained")
    axes = figure.subplots()
    places = list(range(len(bars)))[::-1]
    shares = [min(1.0, one.delivered / one.owed) if one.owed else 0.0 for one in bars]
    axes.barh(places, [1.0] * len(bars), 0.56, facecolor="white", edgecolor=_INK, linewidth=1.1)
    axes.barh(places, shares, 0.36, facecolor=_NAVY, edgecolor=_NAVY, linewidth=0.6)
    for place, one in zip(places, bars, strict=True):
        said = f"{one.delivered:,} / {one.owed:,}" + (f"\n{words['short_bar'].format(n=f'{one.short:,}')}" if one.short else "")
        axes.text(1.02, place, said, va="center", ha="left", fontsize=8, color=_INK)
    axes.set_yticks(places, [fill(one.label, 30) for one in bars], fontsize=8)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"], fontsize=7)
    axes.set_xlim(0, 1.28)
    axes.set_ylim(-0.6, len(bars) - 0.4)
    _sober(axes)
    return _svg(figure)


def _sober(axes: Axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_MIDDLE)
        axes.spines[side].set_linewidth(0.6)
    axes.tick_params(color=_MIDDLE, labelcolor=_INK, width=0.6, length=2.5)
    axes.tick_params(axis="y", labelsize=7.5)


def _svg(figure: Figure) -> str:
    held = io.StringIO()
    with warnings.catch_warnings():
        # Of a script that this face does not have it guesses the width; the paper sets it in one that does.
        warnings.simplefilter("ignore", UserWarning)
        FigureCanvasSVG(figure).print_figure(held, format="svg", metadata={"Date": None})
    return held.getvalue()
