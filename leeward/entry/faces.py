"""Faces: what a young person's space looks like to whoever glances at it.

Neutral in address, title, icon and first words. `lines` are what the second notebook holds until
the young person puts lines of their own there: it is never empty.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Face:
    """One of them."""

    slug: str
    title: str | Promise
    add: str | Promise
    lines: tuple[str | Promise, ...]

    def lines_in(self, language: str) -> list[str]:
        """The lines, in `en` or `fr`."""
        with translation.override(language):
            return [str(each) for each in self.lines]


FACES = {
    each.slug: each
    for each in (
        Face(
            "notes",
            _("Notes"),
            _("New note"),
            (
                _("Milk, bread, apples"),
                _("Return the library book"),
                _("Songs: ask Sam for the list"),
                _("Math test on Thursday, chapter 6"),
                _("Laundry before the weekend"),
            ),
        ),
        Face(
            "weather",
            _("Weather diary"),
            _("New day"),
            (
                _("Monday: rain all morning, sun after lunch"),
                _("Tuesday: cold and bright, a bit of frost"),
                _("Wednesday: wind from the lake"),
                _("Thursday: fog until ten"),
                _("Friday: first snow, gone by noon"),
            ),
        ),
        Face(
            "recipes",
            _("Recipes"),
            _("New recipe"),
            (
                _("Pancakes: 2 cups flour, 2 eggs, 2 cups milk, pinch of salt"),
                _("Rice: 1 cup rice, 2 cups water, 18 minutes"),
                _("Tomato sauce: onion, garlic, one tin, basil"),
                _("Banana bread: 3 soft bananas, 1 hour at 350"),
                _("Hot chocolate: 2 spoons cocoa, 1 sugar, warm milk"),
            ),
        ),
    )
}


def lines_for(face: str, language: str, lines: list[str]) -> list[str]:
    """The lines of the second notebook under this face: theirs, or else its own.

    Lines that came with another face, untouched, would look odd beneath this one.
    """
    came_along = [each.lines_in(said) for each in FACES.values() for said in ("en", "fr")]
    return FACES[face].lines_in(language) if lines in came_along else lines


def offered() -> list[Face]:
    """The faces of this installation (LEEWARD_MY_SPACE_FACES). An agency offers all or some."""
    return [FACES[slug] for slug in settings.LEEWARD_MY_SPACE_FACES]


def places() -> list[str]:
    """Where leaving may lead: LEEWARD_MY_SPACE_LEAVE_TO first, then LEEWARD_MY_SPACE_PLACES."""
    every = (settings.LEEWARD_MY_SPACE_LEAVE_TO, *settings.LEEWARD_MY_SPACE_PLACES)
    return list(dict.fromkeys(every))


def named(place: str) -> str:
    """A place as one says it: `weather.gc.ca`."""
    return urlsplit(place).netloc.removeprefix("www.")
