"""Turns the circle of a page into its picture, its key and its words, in the page's language."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.people.models import YoungPerson
from leeward.practice_desk.drawing import language
from leeward.relationships.models import Kind, Paid, Ring, Stands, Topic, Weight
from leeward.relationships.picture.draw import KeyItem, key
from leeward.relationships.picture.shapes import Circle, Node, Texts
from leeward.relationships.queries import CirclePage, Standing
from leeward.relationships.rules import ANYTHING, Facts

# So many ties fill the width of a desk: what stands beside the picture moves beneath it.
CROWDED = 18


def circle_picture(person: YoungPerson, page: CirclePage) -> Circle:
    """The circle of one person as it is drawn. Nothing in it says who is of concern."""
    standing = {str(each.tie_id): each for each in page.inside}
    return Circle(
        me=person.name_used,
        nodes=tuple(_node(person, each) for each in page.inside),
        texts=Texts(
            title=_("The circle. The list and the table below say the same."),
            rings={ring.value: str(ring.label) for ring in Ring},
            say=lambda node: tie_in_words(standing[node.id]),
        ),
    )


def _node(person: YoungPerson, each: Standing) -> Node:
    return Node(
        id=str(each.tie_id),
        turn=each.turn,
        name=each.version.name,
        part=part_in_words(each),
        kind=each.facts.kind,
        ring=each.facts.ring,
        stands=each.facts.stands,
        anchor=each.anchor,
        href=reverse("tie", args=[person.pk, each.tie_id]),
    )


def part_in_words(each: Standing) -> str:
    """Their own words for the part; where there are none, what it is to them."""
    if each.version.part:
        return str(each.version.part)
    if each.anchor:
        return _("my person")
    return str(Weight(each.facts.weighs).label) if each.facts.weighs else ""


def stands_in_words(each: Standing) -> str:
    """How the tie is: for the anchor, that it is the anchor first."""
    how = str(Stands(each.facts.stands).label)
    return _("my person (anchor), %(how)s") % {"how": how} if each.anchor else how


def tie_in_words(each: Standing) -> str:
    """A tie in one line: what the picture says to whoever points at it or listens."""
    part = part_in_words(each)
    ring = str(Ring(each.facts.ring).label)
    said = f"{each.version.name} ({part})" if part else each.version.name
    colon = "\u00a0:" if language() == "fr" else ":"
    return f"{said}{colon} {stands_in_words(each)}; {ring}"


def about_in_words(facts: Facts) -> list[str]:
    """What else the table says of a tie: what it is, family, paid or not, what weighs."""
    found = [str(Kind(facts.kind).label)]
    if facts.family:
        found.append(_("family"))
    if facts.paid:
        found.append(str(Paid(facts.paid).label))
    if facts.weighs:
        found.append(str(Weight(facts.weighs).label))
    return found


def topics_in_words(topics: tuple[str, ...]) -> str:
    """What somebody may or must not be told of."""
    if ANYTHING in topics:
        return _("anything at all")
    return ", ".join(str(topic.label) for topic in Topic if topic.value in topics)


def circle_key() -> list[KeyItem]:
    """The lines and marks of the circle and what they mean."""
    return key(
        {each.value: str(each.label) for each in Stands},
        {each.value: str(each.label) for each in Kind},
        _("my person: the anchor"),
    )


def by_ring(page: CirclePage) -> list[tuple[str, list[Standing]]]:
    """Who stands in each ring, the anchor first."""
    rings = []
    for ring in Ring:
        here = [each for each in page.inside if each.facts.ring == ring.value]
        if here:
            rings.append((str(ring.label), sorted(here, key=lambda each: not each.anchor)))
    return rings
