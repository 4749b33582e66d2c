"""What the desk's pages say of notes."""

import uuid
from dataclasses import dataclass

from django import template
from django.http import QueryDict
from django.utils.translation import gettext as _

from leeward.observations.models import Observation
from leeward.observations.queries import current_model
from leeward.practice_desk.drawing import findings_in_words, language
from leeward.practice_desk.invented.personas import Persona, personas
from leeward.practice_desk.queries.pages import is_pinned
from leeward.releases.models import Side

register = template.Library()


@dataclass(frozen=True)
class SignInWords:
    """One sign of a note: its working wording, its state, and the state in words."""

    wording: str
    finding: str
    explained: bool
    words: str


@register.filter
def signs_in_words(note: Observation) -> list[SignInWords]:
    """The signs of a note as its page lists them; an explained one says so."""
    indicators, words = current_model().indicators, findings_in_words()
    explanations = list(note.explanations.all())
    whole = any(each.indicators is None for each in explanations)
    covered = {name for each in explanations for name in each.indicators or ()}
    found = []
    for name, finding in (note.findings or {}).items():
        if name in indicators:
            explained = whole or name in covered
            found.append(
                SignInWords(
                    indicators[name].working.in_language(language()),
                    finding,
                    explained,
                    words["explained" if explained else finding],
                )
            )
    return found


@register.filter
def pinned(note: Observation) -> bool:
    """Whether a note is on the chronology."""
    return is_pinned(note)


@register.filter
def happened(note: Observation) -> str:
    """When it happened, as roughly as it is known."""
    parts = {
        "morning": _("morning"),
        "afternoon": _("afternoon"),
        "evening": _("evening"),
        "night": _("night"),
    }
    part = parts.get(note.part_of_day, note.part_of_day)
    if not note.on:
        return _("day not known")
    if language() == "fr" and ":" in part:
        hour, minute = part.split(":")
        part = f"{int(hour)}\u00a0h\u00a0{minute}"
    return f"{note.on}, {part}" if part else note.on


@register.filter
def kind_in_words(kind: str) -> str:
    """A kind of timeline entry, for a chip."""
    return {
        "note": _("Notes"),
        "good_news": _("Good news"),
        "opinion": _("Opinions"),
        "missing": _("Missing"),
        "duty": _("Duty to report"),
        "step": _("Steps done"),
        "cover": _("Cover"),
        "statement": _("Their statements"),
    }.get(kind, kind)


@register.simple_tag
def with_query(query: QueryDict, key: str, value: str = "") -> str:
    """The same address with one filter changed, back on its first page."""
    changed = query.copy()
    changed.pop("page", None) if key != "page" else None
    changed.pop("lang", None)
    changed[key] = value
    if not value:
        changed.pop(key, None)
    return f"?{changed.urlencode()}"


@register.simple_tag
def personas_here() -> list[Persona]:
    """The invented workers one may be in the demo."""
    return personas()


@register.filter
def beside(note: Observation, sides: dict[uuid.UUID, Side]) -> Side | None:
    """What the young person says of this note themselves, out of `sides` of the page."""
    return sides.get(note.pk)
