"""The family in words, and as it is drawn, in the language of the page. For workers alone.

Nothing that is drawn says who is of concern.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leeward.relationships.genogram.draw import key
from leeward.relationships.genogram.units import Family, Person
from leeward.relationships.kin import GENERATIONS, ME, Kin, Relative, kin, lines_of
from leeward.relationships.models import Stands
from leeward.relationships.picture.draw import KeyItem
from leeward.relationships.queries import CirclePage, Standing
from leeward.relationships.rules import is_relative

GENERATION = {
    -2: gettext_lazy("Grandparents’ generation"),
    -1: gettext_lazy("Parents’ generation"),
    0: gettext_lazy("Their own generation"),
    1: gettext_lazy("Children’s generation"),
}
BOND = {
    "": gettext_lazy("not said"),
    "birth": gettext_lazy("by birth"),
    "adoption": gettext_lazy("by adoption"),
    "fostering": gettext_lazy("by fostering"),
    "step": gettext_lazy("a step-relation"),
    "partner": gettext_lazy("as partners"),
    "chosen": gettext_lazy("by choice or custom"),
}


@dataclass(frozen=True)
class Placed:
    """Somebody of the family whose kin is said, and through whom, when that one is placed too."""

    standing: Standing
    kin: Kin
    through: Standing | None = None

    @property
    def id(self) -> str:
        """The id of the tie, as other ties name it."""
        return str(self.standing.tie_id)

    @property
    def name(self) -> str:
        """What the young person calls them."""
        return str(self.standing.version.name)

    @property
    def how(self) -> str:
        """The word for how they are related, in the language of the page."""
        return kin_word(self.kin)

    @property
    def bond(self) -> str:
        """By what bond; that it is not said where it is not."""
        return str(BOND[self.kin.bond])


@dataclass(frozen=True)
class FamilyPage:
    """The family on a day: those who are placed, and those of whom it is not said how."""

    placed: list[Placed]
    unplaced: list[Standing]

    def by_generation(self) -> list[tuple[str, list[Placed]]]:
        """Each generation in which somebody stands, the eldest first."""
        rows = []
        for generation in GENERATIONS:
            here = [each for each in self.placed if each.kin.generation == generation]
            if here:
                rows.append((str(GENERATION[generation]), here))
        return rows

    def of(self, tie_id: object) -> Placed | None:
        """Somebody who is placed, by their tie."""
        return next((each for each in self.placed if each.id == str(tie_id)), None)


def family_of(page: CirclePage) -> FamilyPage:
    """The family in a circle, as the young person says who that is."""
    family = [each for each in page.inside if is_relative(each.facts)]
    known = {str(each.tie_id): each for each in family if each.facts.kin in kin()}
    return FamilyPage(
        placed=[
            Placed(each, kin()[each.facts.kin], known.get(each.facts.through))
            for each in known.values()
        ],
        unplaced=[each for each in family if str(each.tie_id) not in known],
    )


def kin_word(found: Kin) -> str:
    """A word for kin in the language of the page."""
    return found.word(get_language() or "en")


def related_in_words(each: Placed) -> str:
    """How somebody is related, and through whom."""
    if each.through is None:
        return each.how
    return _("%(kin)s, through %(name)s") % {"kin": each.how, "name": each.through.version.name}


def drawn(me: str, page: FamilyPage, *, title: str, href: Callable[[Standing], str]) -> Family:
    """The family as it is drawn; `href` leads to a tie."""
    relatives = [
        Relative(
            each.id,
            each.kin,
            str(each.through.tie_id) if each.through else "",
            each.standing.facts.stands == Stands.ENDED,
        )
        for each in page.placed
    ]
    own = Person(ME, me, said=_("%(name)s, the young person") % {"name": me})
    return Family(
        title=title,
        people=(own, *(_person(each, href(each.standing)) for each in page.placed)),
        lines=tuple(lines_of(relatives)),
        rows={generation: str(words) for generation, words in GENERATION.items()},
    )


def _person(each: Placed, href: str) -> Person:
    stands = Stands(each.standing.facts.stands)
    words = [each.how]
    if stands in (Stands.ENDED, Stands.DISTANCE):
        words.append(_("tie: %(how)s") % {"how": stands.label})
    said = {"name": each.name, "kin": related_in_words(each), "how": stands.label}
    return Person(
        id=each.id,
        name=each.name,
        words=tuple(words),
        generation=each.kin.generation,
        symbol=each.kin.symbol,
        href=href,
        said=_("%(name)s: %(kin)s; tie: %(how)s") % said,
    )


def key_of_kin() -> list[KeyItem]:
    """The symbols and lines, and what they mean."""
    return key(
        {
            "me": _("the young person"),
            "woman": _("a woman or girl"),
            "man": _("a man or boy"),
            "unsaid": _("not said, or neither"),
            "plain": _("parents and children, brothers and sisters: by birth, or not said how"),
            "double": _("by adoption"),
            "dashed": _("by fostering, step, choice or custom"),
            "partners": _("partners"),
            "ended": _("the young person’s tie ended"),
        }
    )
