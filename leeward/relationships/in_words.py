"""The circle in words, and as it is drawn, in the language of the page. Both doors use it.

Nothing here says who is of concern.
"""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.relationships.models import Kind, Paid, Ring, Stands, Weight
from leeward.relationships.picture.draw import KeyItem, key
from leeward.relationships.picture.shapes import Circle, Node, Texts
from leeward.relationships.queries import CirclePage, Standing
from leeward.relationships.rules import Facts

# So many ties fill the width of a page: what stands beside the picture moves beneath it.
CROWDED = 18


def picture_of(
    me: str,
    page: CirclePage,
    *,
    title: str,
    how: Callable[[Standing], str],
    href: Callable[[Standing], str],
) -> Circle:
    """The circle as it is drawn. `how` says how a tie is, `href` leads to it (or is empty)."""
    standing = {str(each.tie_id): each for each in page.inside}
    return Circle(
        me=me,
        nodes=tuple(_node(each, href(each)) for each in page.inside),
        texts=Texts(
            title=title,
            rings={ring.value: str(ring.label) for ring in Ring},
            say=lambda node: in_a_line(standing[node.id], how),
        ),
    )


def _node(each: Standing, href: str) -> Node:
    return Node(
        id=str(each.tie_id),
        turn=each.turn,
        name=each.version.name,
        part=part_in_words(each),
        kind=each.facts.kind,
        ring=each.facts.ring,
        stands=each.facts.stands,
        anchor=each.anchor,
        href=href,
    )


def part_in_words(each: Standing) -> str:
    """Their own words for the part; where there are none, what it is to them."""
    if each.version.part:
        return str(each.version.part)
    if each.anchor:
        return _("my person")
    return str(Weight(each.facts.weighs).label) if each.facts.weighs else ""


def in_a_line(each: Standing, how: Callable[[Standing], str]) -> str:
    """A tie in one line: what the picture says to whoever points at it or listens."""
    part = part_in_words(each)
    ring = str(Ring(each.facts.ring).label)
    said = f"{each.version.name} ({part})" if part else each.version.name
    colon = "\u00a0:" if (get_language() or "en").startswith("fr") else ":"
    return f"{said}{colon} {how(each)}; {ring}"


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


def key_of(anchor: str) -> list[KeyItem]:
    """The lines and marks of the circle and what they mean; `anchor` in these words."""
    return key(
        {each.value: str(each.label) for each in Stands},
        {each.value: str(each.label) for each in Kind},
        anchor,
    )


def by_ring(page: CirclePage) -> list[tuple[str, list[Standing]]]:
    """Who stands in each ring, the anchor first."""
    rings = []
    for ring in Ring:
        here = [each for each in page.inside if each.facts.ring == ring.value]
        if here:
            rings.append((str(ring.label), sorted(here, key=lambda each: not each.anchor)))
    return rings


def weighing(page: CirclePage) -> list[Standing]:
    """What there is to push against: systems that weigh on them, or with something to be done."""
    return [
        each
        for each in page.inside
        if each.facts.kind == "system" and (each.facts.weighs or page.advocacy.get(each.tie_id))
    ]
