"""What was decided about sharing, and what was given to whom, under what, until when."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.consents.models import Consent, ConsentEvent
from leeward.disclosures.models import Disclosure, DisclosureEvent, Telling
from leeward.law.rules import builtin_rules
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, in_a_list, written_by

CONSENT, GIVEN = _("A decision about sharing"), _("Given to another agency")


def _under(authority: str) -> str:
    """A row of the law in the language of the copy; nothing for a consent."""
    rows = {one.id: one.text for one in builtin_rules().authorities}
    return rows[authority].in_language(get_language() or "en") if authority in rows else ""


def _consents(asked: Asked) -> Iterable[Row]:
    rows = Consent.objects.filter(person=asked.person).select_related("recorded_by", "to_agency")
    for row in rows.order_by("recorded_at", "id"):
        fields = (
            Field("what", _("What"), in_a_list(row.kinds_words), row.kinds),
            Field("to", _("To whom"), row.to_words),
            Field("purpose", _("What for"), row.purpose),
            Field("until", _("Until"), day_of(row.until)),
            Field("decider", _("Who decided"), row.decider_words, row.decider),
            Field("decider_name", _("Name"), row.decider_name),
            Field("capacity_why", _("Why somebody else decided"), row.capacity_why),
            Field("capacity_by", _("Who found that"), row.capacity_by),
            Field("form", _("How it was told"), row.form_words, row.form),
            Field("heard_by", _("Who heard it"), row.heard_by),
            Field("heard_when", _("When"), row.heard_when),
            Field("words", _("Words"), row.words),
        )
        yield Row(
            f"consent:{row.pk}", CONSENT, day_of(row.decided_on), written_by(row, asked.person),
            fields,
        )  # fmt: skip
    events = ConsentEvent.objects.filter(person=asked.person).select_related("recorded_by")
    for each in events.order_by("recorded_at", "id"):
        told = (
            Field("kind", _("What"), each.get_kind_display(), each.kind),
            Field("reason", _("Why"), each.reason),
        )
        yield Row(
            f"consented:{each.pk}", CONSENT, day_of(each.recorded_at),
            written_by(each, asked.person), told,
        )  # fmt: skip


def _given(asked: Asked) -> Iterable[Row]:
    rows = Disclosure.objects.filter(person=asked.person).select_related(
        "recorded_by", "to_agency"
    )
    for row in rows.order_by("recorded_at", "id"):
        titles = [str(each.get("title", "")) for each in row.items or []]
        fields = (
            Field("to", _("To whom"), row.to_agency.name),
            Field("names", _("Name"), in_a_list(row.names), row.names),
            Field("items", _("What"), "\n".join(each for each in titles if each), row.items),
            Field("purpose", _("What for"), row.purpose),
            Field("under", _("Under"), _under(row.authority), row.authority),
            Field("until", _("Until"), day_of(row.until)),
        )
        yield Row(
            f"given:{row.pk}",
            GIVEN,
            day_of(row.recorded_at),
            written_by(row, asked.person),
            fields,
        )
    events = DisclosureEvent.objects.filter(person=asked.person).select_related("recorded_by")
    for each in events.order_by("recorded_at", "id"):
        happened = (
            Field("kind", _("What"), each.get_kind_display(), each.kind),
            Field("under", _("Under"), _under(each.authority), each.authority),
        )
        yield Row(
            f"became:{each.pk}", GIVEN, day_of(each.recorded_at), written_by(each, asked.person),
            happened,
        )  # fmt: skip
    tellings = Telling.objects.filter(person=asked.person).select_related("recorded_by")
    for telling in tellings.order_by("recorded_at", "id"):
        told = (Field("kind", _("What"), telling.get_kind_display(), telling.kind),)
        yield Row(
            f"told_of:{telling.pk}", GIVEN, day_of(telling.recorded_at),
            written_by(telling, asked.person), told,
        )  # fmt: skip


PARTS = (Part("sharing", _("What was shared with whom"), (_consents, _given)),)
TELLS = (Consent, ConsentEvent, Disclosure, DisclosureEvent, Telling)
