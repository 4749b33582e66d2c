"""Their circle, their plan as the whole team reads it, My space, requests, and who opened it."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.audit.queries import openings_of
from leeward.entry.models import CodeRequest, Offer
from leeward.plans.models import (
    ItemNews,
    ItemVersion,
    SafetyReview,
    Sees,
    Suggestion,
    SuggestionAnswer,
    Wheel,
)
from leeward.relationships.models import (
    Advocacy,
    AdvocacyNews,
    Anchor,
    Kind,
    Paid,
    Ring,
    Stands,
    TieVersion,
    Topic,
    Weight,
)
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, in_a_list, written_by
from leeward.requests.models import Answer, Extension, FileRequest


def _topics(keys: Iterable[str]) -> str:
    known = {each.value: str(each.label) for each in Topic} | {"anything": _now("anything")}
    return in_a_list([known.get(each, each) for each in keys])


def _ties(asked: Asked) -> Iterable[Row]:
    rows = TieVersion.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("tie__recorded_at", "tie_id", "number"):
        facts = row.facts
        marks = [
            str(Kind(facts.kind).label),
            str(Ring(facts.ring).label),
            str(Stands(facts.stands).label),
            _now("family") if facts.family else "",
            str(Paid(facts.paid).label) if facts.paid else "",
            str(Weight(facts.weighs).label) if facts.weighs else "",
            _now("somebody to be careful of") if facts.of_concern else "",
            _now("let go of") if facts.gone else "",
        ]
        fields = (
            Field("name", _("Who or what"), row.name),
            Field("part", _("Their part"), row.part),
            Field("how", _("How it is"), in_a_list([each for each in marks if each]), row.answers),
            Field("may", _("May be told"), _topics(facts.may), list(facts.may)),
            Field("not", _("Must not be told"), _topics(facts.must_not), list(facts.must_not)),
        )
        yield Row(
            f"tie:{row.pk}", _("In their circle"), day_of(row.on), written_by(row, asked.person),
            fields,
        )  # fmt: skip


def _anchors(asked: Asked) -> Iterable[Row]:
    for row in Anchor.objects.filter(person=asked.person).select_related("recorded_by"):
        newest = TieVersion.objects.filter(tie=row.tie_id).order_by("-number").first()
        fields = (
            Field("who", _("Who"), newest.name if newest else ""),
            Field("until", _("Until"), day_of(row.until)),
        )
        yield Row(
            f"anchor:{row.pk}", _("Whom they count on"), day_of(row.since),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _pushed(asked: Asked) -> Iterable[Row]:
    rows = Advocacy.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        fields = (
            Field("what", _("What is to be done"), row.what),
            Field("due", _("By"), day_of(row.due_on)),
        )
        yield Row(
            f"push:{row.pk}", _("To push back"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip
    for each in AdvocacyNews.objects.filter(person=asked.person).select_related("recorded_by"):
        told = (
            Field("words", _("What came of it"), each.words or _now("Done"), each.words or ""),
        )
        yield Row(
            f"pushed:{each.pk}", _("What came of it"), day_of(each.on),
            written_by(each, asked.person), told,
        )  # fmt: skip


def _plan(asked: Asked) -> Iterable[Row]:
    """What the whole team reads today, and what stood there before. What they keep to themselves,
    or share by name, is in no copy: whoever makes it may not read it, or not all who hold it."""
    language = get_language() or "en"
    shared = ItemVersion.objects.filter(person=asked.person, sees=Sees.TEAM).newest()
    items = list(shared.values_list("item", flat=True))
    rows = ItemVersion.objects.filter(person=asked.person, item__in=items, sees=Sees.TEAM)
    for row in rows.select_related("item", "recorded_by").order_by(
        "item__recorded_at", "item_id", "number"
    ):
        fields = (
            Field("words", row.item.section.title(language), row.words),
            Field("who", _("Who does it"), row.who),
            Field("due", _("By"), day_of(row.due_on)),
        )
        yield Row(
            f"item:{row.pk}", _("In their plan"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip
    news = ItemNews.objects.filter(person=asked.person, item__in=items)
    for each in news.select_related("recorded_by").order_by("on", "recorded_at", "id"):
        told = (
            Field("kind", _("How a step went"), each.get_kind_display(), each.kind),
            Field("words", _("Words"), each.words),
        )
        yield Row(
            f"news:{each.pk}", _("A step"), day_of(each.on), written_by(each, asked.person), told
        )


def _suggested(asked: Asked) -> Iterable[Row]:
    """What workers suggested, but for what is about a piece that the team does not read."""
    language = get_language() or "en"
    shared = ItemVersion.objects.filter(person=asked.person, sees=Sees.TEAM).newest()
    items = set(shared.values_list("item", flat=True))
    answers = {
        each.suggestion_id: each for each in SuggestionAnswer.objects.filter(person=asked.person)
    }
    rows = Suggestion.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        if row.item_id is not None and row.item_id not in items:
            continue
        answer = answers.get(row.pk)
        took = "" if answer is None else _now("Taken") if answer.took else _now("Left")
        fields = (
            Field("words", row.section.title(language), row.words),
            Field("why", _("Why"), row.why),
            Field("answer", _("Answer"), took, answer.took if answer else ""),
        )
        yield Row(
            f"suggestion:{row.pk}", _("A worker’s suggestion for the plan"),
            day_of(row.recorded_at), written_by(row, asked.person), fields,
        )  # fmt: skip


def _reviews(asked: Asked) -> Iterable[Row]:
    rows = SafetyReview.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        fields = (Field("on", _("The day they chose"), day_of(row.on)),)
        yield Row(
            f"review:{row.pk}", _("When to look at the safety plan again"),
            day_of(row.recorded_at), written_by(row, asked.person), fields,
        )  # fmt: skip


def _wheel(asked: Asked) -> Iterable[Row]:
    """That a layout in four parts was asked for. How they laid it out is theirs alone."""
    rows = Wheel.objects.filter(person=asked.person).exclude(kind=Wheel.Kind.LAID_OUT)
    for row in rows.select_related("recorded_by").order_by("number"):
        asked_by = Wheel.AskedBy(row.asked_by).label if row.asked_by else ""
        fields = (
            Field("kind", _("What"), row.get_kind_display(), row.kind),
            Field("by", _("Who asked for it?"), str(asked_by), row.asked_by),
            Field("said", _("Words"), row.said),
        )
        yield Row(
            f"wheel:{row.pk}", _("Their plan in four parts"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _space(asked: Asked) -> Iterable[Row]:
    rows = Offer.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        fields = (
            Field("watched", _("Is the phone watched?"), str(row.watched_words), row.watched),
            Field("where", _("Where"), str(row.where_words), row.where),
        )
        yield Row(
            f"offer:{row.pk}", _("Looked at My space together"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip
    for each in (
        CodeRequest.objects.filter(person=asked.person)
        .select_related("asked_by")
        .order_by("asked_at", "id")
    ):
        told = (
            Field("reason", _("Why"), each.reason),
            Field("answer", _("Answer"), each.get_answer_display(), each.answer),
        )
        yield Row(
            f"words:{each.pk}", _("Words for My space were asked for"), day_of(each.asked_at),
            each.asked_by.display_name, told,
        )  # fmt: skip


def _asked(asked: Asked) -> Iterable[Row]:
    rows = FileRequest.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("received_on", "recorded_at", "id"):
        fields = (
            Field("kind", _("What they ask for"), row.get_kind_display(), row.kind),
            Field("words", _("Their words"), row.words),
            Field("instead", _("What they say instead"), row.instead),
            Field("why", _("Why"), row.why),
        )
        yield Row(
            f"request:{row.pk}", _("They ask about their file"), day_of(row.received_on),
            written_by(row, asked.person), fields,
        )  # fmt: skip
    for more in Extension.objects.filter(person=asked.person).select_related("recorded_by"):
        told = (
            Field("days", _("More days"), str(more.days)),
            Field("reason", _("Why"), more.reason),
            Field("told", _("They were told on"), day_of(more.told_on)),
        )
        yield Row(
            f"more:{more.pk}", _("More time for a request"), day_of(more.recorded_at),
            written_by(more, asked.person), told,
        )  # fmt: skip
    for each in Answer.objects.filter(person=asked.person).select_related("recorded_by"):
        ended = (
            Field("outcome", _("Answer"), each.get_outcome_display(), each.outcome),
            Field("reasons", _("Words"), each.reasons),
        )
        yield Row(
            f"ended:{each.pk}", _("Answer to a request"), day_of(each.on),
            written_by(each, asked.person), ended,
        )  # fmt: skip


WHAT = {
    "file.open": _("read in it"),
    "file.print": _("printed a part of it"),
    "file.export": _("made a copy of it"),
    "file.break_glass": _("opened it in an emergency"),
}


def _openings(asked: Asked) -> Iterable[Row]:
    """Who opened the file up to the moment this began, by day: names and agencies."""
    rows = openings_of(asked.person.pk).filter(at__lt=asked.until).order_by("at", "id")
    found: dict[tuple[str, str], dict[str, None]] = {}
    for at, actor_id, action in rows.values_list("at", "actor_id", "action"):
        day = timezone.localtime(at).date().isoformat()
        found.setdefault((day, str(actor_id or "")), {})[action] = None
    ids = {actor for _day, actor in found if actor}
    workers = Worker.objects.select_related("agency").in_bulk(ids)
    by_id = {str(key): each for key, each in workers.items()}
    for (day, actor), done in found.items():
        worker = by_id.get(actor)
        who = f"{worker.display_name}, {worker.agency.name}" if worker else _now("Leeward itself")
        said = "; ".join(str(WHAT[each]) for each in done)
        kept = [actor, *done]
        yield Row(
            f"opened:{day}:{actor}", _("The file"), day, who, (Field("what", "", said, kept),)
        )


PARTS = (
    Part("circle", _("Their circle"), (_ties, _anchors, _pushed)),
    Part(
        "plan", _("Their plan, as the whole team reads it"), (_plan, _suggested, _reviews, _wheel)
    ),
    Part("space", _("My space"), (_space,)),
    Part("asked", _("What they asked about their file"), (_asked,)),
    Part("opened", _("Who opened the file"), (_openings,)),
)
TELLS = (
    TieVersion, Anchor, Advocacy, AdvocacyNews, ItemVersion, ItemNews, SafetyReview, Suggestion,
    SuggestionAnswer, Wheel, Offer, CodeRequest, FileRequest, Extension, Answer,
)  # fmt: skip
# What is about a young person and in no copy, and why. The copy says so at its end.
LEFT_OUT = {
    "plans.Item": "it holds no word: its versions do",
    "plans.Reader": "who reads a piece that is shared by name",
    "relationships.Tie": "it holds no word: its versions do",
    "entry.Entry": "how they come in, which opens My space",
    "entry.Visit": "where they are in just now",
    "entry.Passkey": "what their phone is checked with",
    "people.ConflictLock": "who must not know of the file; the privacy officer answers for it",
    "people.SearchToken": "a blind piece of a name",
    "requests.Preparation": "how the copy is made",
    "requests.Looked": "how the copy is made",
    "requests.Decision": "what is held back of the copy",
    "requests.Copy": "the copy itself",
}
