"""The way: one long road over time, drawn to true dates.

    wide_svg(way)    one picture, 1160 px
    tall_svg(way)    for a phone, today at the top, 358 px
    strip_svg(way)   the last eighteen months, for the overview
    as_list(way)     the same facts in words, newest first
    key(...)         the marks and what they mean

The road is always level: height means nothing. Missing is a cut of true length.
"""

from dataclasses import dataclass

from leeward.core.drawing import svg
from leeward.observations.pictures.way_input import (
    AwayEpisode,
    Companion,
    Event,
    OpinionEvent,
    StepAway,
    WayInput,
    WayTexts,
)
from leeward.observations.pictures.way_road import diamond
from leeward.observations.pictures.way_strip import TALL, WIDE, strip_svg
from leeward.observations.pictures.way_tall import tall_svg
from leeward.observations.pictures.way_wide import wide_svg
from leeward.observations.pictures.way_words import WayLine, as_list

__all__ = [
    "TALL",
    "WIDE",
    "AwayEpisode",
    "Companion",
    "Event",
    "KeyItem",
    "OpinionEvent",
    "StepAway",
    "WayInput",
    "WayLine",
    "WayTexts",
    "as_list",
    "key",
    "strip_svg",
    "tall_svg",
    "wide_svg",
]


@dataclass(frozen=True)
class KeyItem:
    """A small picture (46 by 22 px) and what it means."""

    svg: svg.Svg
    words: str


def key(*, step: str, missing: str, joins: str, good_news: str, opinion: str) -> list[KeyItem]:
    """Return the marks with their meanings, given in the reader's language."""
    shelter = svg.rect(1, 1, 44, 20, "hb0", radius=8) + svg.rect(5, 5, 36, 12, "hb1", radius=5)
    items = [
        (shelter + svg.level(1, 45, 11, "road", width=6), step),
        (
            svg.path("M0 11H14M30 11H46", "road", width=8)
            + svg.path("M14 3v16M30 3v16", "gapcap"),
            missing,
        ),
        (svg.path("M2 4c8 0 8 7 18 7H46", "walk") + svg.circle(4, 4, 3.5, "walkdot"), joins),
        (diamond(23, 11), good_news),
        (
            svg.level(0, 46, 11, "oplane")
            + svg.circle(23, 11, 6.5, "opdot")
            + svg.circle(23, 11, 2.5, "opdot2"),
            opinion,
        ),
    ]
    return [
        KeyItem(
            svg.Svg(
                f'<svg width="46" height="22" viewBox="0 0 46 22" aria-hidden="true">{inner}</svg>'
            ),
            words,
        )
        for inner, words in items
    ]
