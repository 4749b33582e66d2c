"""What the pages of my people say of a tie, to the one whose people they are."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leeward.relationships.models import Stands, Weight
from leeward.relationships.queries import Standing
from leeward.relationships.rules import TOPICS, Facts, may_be_told

# What somebody may know, said by the young person.
MAY_KNOW = {
    "well": gettext_lazy("that I am okay"),
    "where": gettext_lazy("where I live or stay"),
    "missing": gettext_lazy("that I am missing"),
    "plan": gettext_lazy("my plan"),
    "health": gettext_lazy("my health"),
    "harm": gettext_lazy("what was done to me"),
}

# The same ways as in the picture, each with a few words more.
HOW = {
    "strong": gettext_lazy("strong"),
    "thin": gettext_lazy("thin: only a little"),
    "tense": gettext_lazy("tense: it is hard"),
    "ended": gettext_lazy("it ended"),
    "distance": gettext_lazy("I want distance"),
}
BEHIND = {
    "": pgettext_lazy("what is behind it", "something else"),
    "poverty": gettext_lazy("too little money (poverty)"),
    "racism": gettext_lazy("racism"),
    "colonization": gettext_lazy("colonization"),
    "sexism": gettext_lazy("how they treat my gender (sexism)"),
    "ageism": gettext_lazy("not being heard at my age (ageism)"),
    "classism": gettext_lazy("being looked down on (classism)"),
}


def how_in_words(each: Standing) -> str:
    """How the tie is: for my person, that first."""
    how = str(Stands(each.facts.stands).label)
    return _("my person, %(how)s") % {"how": how} if each.anchor else how


def weight_in_words(facts: Facts) -> str:
    """What is behind something that weighs, in a word; empty where nothing is said."""
    return str(Weight(facts.weighs).label) if facts.weighs else ""


def may_know(facts: Facts, answer: str) -> list[str]:
    """What somebody may know (`yes`), what to ask first (`ask`) or what they must not (`no`)."""
    return [str(MAY_KNOW[each]) for each in TOPICS if may_be_told(facts, each) == answer]
