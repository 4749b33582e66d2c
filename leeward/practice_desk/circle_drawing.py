"""The circle of a page as a worker reads it: its picture, its key and its words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.people.models import YoungPerson
from leeward.relationships.in_words import in_a_line, key_of, picture_of
from leeward.relationships.models import Stands, Topic
from leeward.relationships.picture.draw import KeyItem
from leeward.relationships.picture.shapes import Circle
from leeward.relationships.queries import CirclePage, Standing
from leeward.relationships.rules import ANYTHING


def circle_picture(person: YoungPerson, page: CirclePage) -> Circle:
    """The circle of one person as it is drawn. Nothing in it says who is of concern."""
    return picture_of(
        person.name_used,
        page,
        title=_("The circle. The list and the table below say the same."),
        how=stands_in_words,
        href=lambda each: reverse("tie", args=[person.pk, each.tie_id]),
    )


def stands_in_words(each: Standing) -> str:
    """How the tie is: for the anchor, that it is the anchor first."""
    how = str(Stands(each.facts.stands).label)
    return _("my person (anchor), %(how)s") % {"how": how} if each.anchor else how


def tie_in_words(each: Standing) -> str:
    """A tie in one line: what the picture says to whoever points at it or listens."""
    return in_a_line(each, stands_in_words)


def topics_in_words(topics: tuple[str, ...]) -> str:
    """What somebody may or must not be told of."""
    if ANYTHING in topics:
        return _("anything at all")
    return ", ".join(str(topic.label) for topic in Topic if topic.value in topics)


def circle_key() -> list[KeyItem]:
    """The lines and marks of the circle and what they mean."""
    return key_of(_("my person: the anchor"))
