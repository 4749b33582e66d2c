"""Reading pictures back: the boxes of their words and marks, taken from the finished SVG."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from leeward.core.drawing.measure import face, wide
from leeward.observations.pictures.grid import GridTexts
from leeward.observations.pictures.way import WayTexts

NS = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert('&\"')</script>"
TODAY = date(2025, 11, 3)


@dataclass(frozen=True)
class Box:
    """The box of one line of words."""

    left: float
    top: float
    right: float
    bottom: float
    words: str

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right - 0.2
            and other.left < self.right - 0.2
            and self.top < other.bottom - 0.2
            and other.top < self.bottom - 0.2
        )


def tree(svg: str) -> ET.Element:
    """Return the parsed picture; not well-formed XML fails here."""
    return ET.fromstring(svg)  # noqa: S314 - our own markup


def boxes(svg: str) -> list[Box]:
    """Return the box of every line of words, measured again from its classes."""
    found = []
    for item in tree(svg).iter("text"):
        words, classes = item.text or "", item.get("class", "")
        x, y = float(item.get("x", "0")), float(item.get("y", "0"))
        size, _ = face(classes)
        across = wide(words, classes)
        left = {"middle": x - across / 2, "end": x - across}.get(item.get("text-anchor", ""), x)
        found.append(Box(left, y - size * 0.75, left + across, y + size * 0.22, words))
    return found


def clashes(svg: str) -> list[tuple[str, str]]:
    """Return the pairs of words that overlap."""
    every = boxes(svg)
    return [
        (one.words, other.words)
        for index, one in enumerate(every)
        for other in every[index + 1 :]
        if one.meets(other)
    ]


def said(svg: str) -> str:
    """Return all that a picture says: words, titles and accessible names."""
    parts = []
    for item in tree(svg).iter():
        parts += [item.text or "", item.get("aria-label", "")]
    return "\n".join(parts)


def uprights(svg: str, classes: str) -> list[tuple[float, float, float]]:
    """Return (x, top, bottom) of the upright lines with these classes."""
    found = []
    for item in tree(svg).iter("path"):
        match = re.fullmatch(r"M([\d.-]+) ([\d.-]+)V([\d.-]+)", item.get("d", ""))
        if match and item.get("class", "").startswith(classes):
            x, y0, y1 = map(float, match.groups())
            found.append((x, min(y0, y1), max(y0, y1)))
    return found


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def grid_texts() -> GridTexts:
    return GridTexts(
        title="Threads across stages",
        no_sign="No sign in the framework",
        nobody_asked="Nobody has asked yet.",
        ask_next="Ask at the next visit",
        not_asked="not asked",
        band="90 days",
        faded="no longer speaks",
        lasting="event or circumstance",
        bar="on several days close together",
        findings={
            "present": "seen",
            "absent": "not there",
            "unsure": "not sure",
            "explained": "explained",
        },
        month_year=lambda on: f"{on:%b %Y}",
        day=date.isoformat,
    )


def way_texts() -> WayTexts:
    return WayTexts(
        title="The way",
        strip_title="The way, last 18 months",
        good_news="Good news",
        alongside="Who walks alongside",
        road="One long road",
        missing="Missing",
        opinions="What workers thought",
        pulled_back="pulled back",
        more="and more, in the list below",
        now_short="Now",
        now=lambda on: f"Now, {on}",
        day=date.isoformat,
        month=lambda on: f"{on:%b}",
        month_year=lambda on: f"{on:%b %Y}",
        period=lambda on, until: f"{on} to {until}" if until else f"since {on}",
        missing_days=lambda days, still: f"missing {days} days" + (" so far" if still else ""),
        joins=lambda name: f"{name} joins",
        moves_on=lambda name: f"{name} moves on",
        until=lambda name, on: f"{name}, until {on}",
        kinds={
            "good_news": "Good news",
            "worker": "Opinion",
            "second": "Second opinion",
            "own_view": "Own view",
            "resolved": "Resolved",
            "missing": "Missing",
            "step": "Step away",
            "companion": "Alongside",
        },
    )
