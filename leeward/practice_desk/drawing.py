"""Turns facts of a page into the grid and the way, in the page's language."""

import datetime as dt
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leeward.core.templatetags.leeward import quoted
from leeward.observations.models import Opinion
from leeward.observations.pictures import way as way_picture
from leeward.observations.pictures.grid import (
    GridIndicator,
    GridInput,
    GridStage,
    GridTexts,
    GridThread,
    Mark,
)
from leeward.observations.pictures.way_input import (
    AwayEpisode,
    Companion,
    Event,
    OpinionEvent,
    StepAway,
    WayInput,
    WayTexts,
)
from leeward.observations.queries import current_model
from leeward.people.models import YoungPerson
from leeward.practice_desk.queries.pages import Way
from leeward.practice_desk.queries.signs import Signs


def language() -> str:
    """`en` or `fr`."""
    return (get_language() or "en")[:2]


# Django's own short French months are cut at three letters, which French does not do.
FRENCH_MONTHS = "janv. févr. mars avril mai juin juill. août sept. oct. nov. déc.".split()


def _month(day: dt.date) -> str:
    return FRENCH_MONTHS[day.month - 1] if language() == "fr" else f"{day:%b}"


def _month_year(day: dt.date) -> str:
    return f"{_month(day)} {day.year}"


def findings_in_words() -> dict[str, str]:
    """The states of a mark, in a word or two."""
    return {
        "present": _("seen"),
        "absent": _("looked for, not there"),
        "unsure": _("not sure"),
        "explained": _("explained: no longer counts"),
    }


def _grid_texts() -> GridTexts:
    return GridTexts(
        title=_("Ten threads across four stages"),
        no_sign=_("No sign in the framework"),
        nobody_asked=_("Nobody has asked yet."),
        ask_next=_("Ask at the next visit"),
        not_asked=_("not asked"),
        band=_("90 days"),
        faded=_("older: kept, but no longer counts"),
        lasting=_("an event or circumstance, does not fade"),
        bar=_("on several days close together"),
        findings=findings_in_words(),
        month_year=_month_year,
        day=dt.date.isoformat,
    )


def grid_of(person: YoungPerson, signs: Signs, selected: tuple[str, str] | None) -> GridInput:
    """The grid of one person as of the page's day."""
    model, lang = current_model(), language()
    base = reverse("signs", args=[person.pk])
    asked = {
        thread
        for indicator, found in signs.history.items()
        if found and (thread := model.indicators[indicator].thread)
    }
    cells = {
        (thread, stage): tuple(
            GridIndicator(
                id=each.id,
                wording=each.working.in_language(lang),
                lasting=not model.signs[each.id].fades,
                marks=tuple(
                    Mark(
                        on=found.latest,
                        finding=found.finding,  # type: ignore[arg-type]
                        explained=found.explained,
                        faded=found.faded,
                        observation=found.observation,
                    )
                    for found in signs.history.get(each.id, ())
                    if not found.corrected
                ),
            )
            for each in indicators
        )
        for (thread, stage), indicators in model.cells.items()
        if thread is not None
    }
    return GridInput(
        as_of=signs.as_of,
        stages=tuple(
            GridStage(
                stage.id,
                stage.name.in_language(lang),
                model.roles[stage.role].name.in_language(lang),
            )
            for stage in model.stages.values()
        ),
        threads=tuple(
            GridThread(thread.id, thread.name.in_language(lang))
            for thread in model.threads.values()
        ),
        cells=cells,
        asked_threads=frozenset(asked),
        fade_days=model.settings.fade_days,
        texts=_grid_texts(),
        cell_href=lambda thread, stage: f"{base}?thread={thread}&stage={stage}#behind",
        selected=selected,
        ask_href=lambda thread: (
            f"{reverse('record', args=[person.pk])}?open={thread}#thread-{thread}"
        ),
    )


def stage_name(stage: str) -> str:
    """A stage in the page's language; "not named" for none."""
    stages = current_model().stages
    return stages[stage].name.in_language(language()) if stage in stages else _("Not named")


# A longer name than this is cut in the way, where two stages that begin alike would look the same.
FITS_THE_WAY = 22


def _stage_on_the_way(stage: str) -> str:
    """A stage as the way has room to name it: without a first word that it shares with another."""
    name = stage_name(stage)
    first, _space, rest = name.partition(" ")
    names = [each.name.in_language(language()) for each in current_model().stages.values()]
    shared = sum(each.partition(" ")[0] == first for each in names) > 1
    return rest[:1].upper() + rest[1:] if shared and len(name) > FITS_THE_WAY else name


def _missing_days(days: int, still: bool) -> str:
    if still:
        text = ngettext("missing %(days)d day so far", "missing %(days)d days so far", days)
    elif days == 0:
        return _("missing, back the same day")
    else:
        text = ngettext("missing %(days)d day", "missing %(days)d days", days)
    return text % {"days": days}


def _step_days(days: int, still: bool) -> str:
    if still:
        return ngettext("%(days)d day so far", "%(days)d days so far", days) % {"days": days}
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _ordinal_step(number: int) -> str:
    known = [_("First step away"), _("Second step away"), _("Third step away")]
    if number < len(known):
        return known[number]
    return _("Step away number %(number)d") % {"number": number + 1}


def _period(first: dt.date, last: dt.date | None) -> str:
    if last is None:
        return _("since %(day)s") % {"day": first.isoformat()}
    return _("%(first)s to %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}


def _way_texts(start: dt.date, as_of: dt.date) -> WayTexts:
    def with_name(text: str) -> Callable[[str], str]:
        return lambda name: text % {"name": name}

    return WayTexts(
        title=_("The way, %(first)s to %(last)s")
        % {"first": start.isoformat(), "last": as_of.isoformat()},
        strip_title=_("The way, last 18 months"),
        good_news=_("Good news"),
        alongside=_("Who walks alongside"),
        road=_("One long road"),
        missing=_("Missing"),
        opinions=_("What workers thought"),
        pulled_back=_("pulled back"),
        more=_("more in the list below"),
        now_short=_("Now"),
        now=lambda day: _("Now, %(day)s") % {"day": day.isoformat()},
        day=dt.date.isoformat,
        month=_month,
        month_year=_month_year,
        period=_period,
        missing_days=_missing_days,
        joins=with_name(_("%(name)s joins")),
        moves_on=with_name(_("%(name)s moves on")),
        until=lambda name, day: (
            _("%(name)s, until %(day)s") % {"name": name, "day": day.isoformat()}
        ),
        kinds={
            "good_news": _("good news"),
            "worker": _("a stage named by a worker"),
            "second": _("a second opinion"),
            "own_view": _("their own view"),
            "resolved": _("a supervisor’s decision"),
            "missing": _("missing: nobody knew where they were"),
            "step": _("a step away, in sheltered water"),
            "companion": _("someone joins"),
        },
    )


def way_key() -> list[way_picture.KeyItem]:
    """The marks of the way and what they mean."""
    return way_picture.key(
        step=_("a step away, in sheltered water"),
        missing=_("missing: nobody knew where they were"),
        joins=_("someone joins"),
        good_news=_("good news"),
        opinion=_("a stage named by a worker"),
    )


def way_input(person: YoungPerson, way: Way, as_of: dt.date) -> WayInput:
    """The way of one person up to a day."""
    start = min(way.start, as_of)
    return WayInput(
        start=start,
        as_of=as_of,
        texts=_way_texts(start, as_of),
        good_news=tuple(
            Event(row.sort_on, row.good_news, reverse("note", args=[person.pk, row.pk]), own=False)
            for row in way.good_news
        ),
        opinions=tuple(_opinions(person, way.opinions)),
        away=tuple(
            AwayEpisode(each.since, each.until, reverse("time_away", args=[person.pk]))
            for each in way.episodes
        ),
        steps_away=tuple(
            StepAway(
                step.since,
                step.until,
                _ordinal_step(number),
                _step_days(((step.until or as_of) - step.since).days, step.until is None),
            )
            for number, step in enumerate(way.steps)
        ),
        companions=tuple(
            Companion(
                each.worker.display_name,
                each.works_as_words,
                each.since,
                each.until,
                first=False,
            )
            for each in way.companions
        ),
    )


def _opinions(person: YoungPerson, opinions: list[Opinion]) -> list[OpinionEvent]:
    events = []
    first_author = opinions[-1].recorded_by_id if opinions else None
    for each in opinions:
        href = reverse("opinion", args=[person.pk, each.pk])
        events.append(
            OpinionEvent(
                each.on,
                _stage_on_the_way(each.stage),
                each.recorded_by.initial_name,
                each.confidence_words,
                "worker" if each.recorded_by_id == first_author else "second",
                href,
            )
        )
        events += [
            OpinionEvent(
                each.on,
                _stage_on_the_way(each.stage),
                row.recorded_by.initial_name,
                "",
                "resolved",
                href,
            )
            for row in each.resolutions.all()
        ]
        if each.own_view:
            events.append(OpinionEvent(each.on, quoted(each.own_view), "", "", "own_view", href))
    return events
