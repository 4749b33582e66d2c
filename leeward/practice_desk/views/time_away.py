"""Time away: that somebody is missing, whom one told, what was tried, and that they are back."""

from contextlib import suppress
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.audit.traces import as_printed
from leeward.core.agency_time import today
from leeward.law.rules import MissingStep, builtin_rules
from leeward.missing import actions
from leeward.missing.forms import (
    CameBackForm,
    EpisodeNoteForm,
    ReturnTalkForm,
    StepForm,
    WentMissingForm,
)
from leeward.missing.models import Episode, EpisodeNote, StepNews
from leeward.missing.queries import EpisodePage, episode_of, episodes, page_of, pattern_of
from leeward.people.queries import description
from leeward.plans.copy.lettering import Language
from leeward.plans.queries import plan_of
from leeward.plans.sheet_printing import Sheet, police_sheet, sheet_name
from leeward.practice_desk.views.base import PersonFormView, PersonView
from leeward.practice_desk.views.plan import PlanCopy
from leeward.releases import actions as releases
from leeward.releases.forms import ReleaseForm
from leeward.releases.queries import released_steps

OF_CONCERN = _(
    "Somebody of this name is marked in the circle as a person of concern. Do not tell them. If"
    " you mean somebody else, write the name in full; else say why they were not told."
)

# A letter for the head of a column, and the day in full.
WEEK = tuple(
    zip(
        (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")),
        WEEKDAYS.values(),
        strict=True,
    )
)


class TimeAway(PersonView):
    """Missing episodes; recording that somebody is missing, or back."""

    tab = "time_away"
    template_name = "practice_desk/time_away.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The open one with its steps, every other, what stands out, and the form that fits."""
        context = super().get_context_data(**kwargs)
        now = context["frame"].episode
        if now is not None:
            now.person = self.person
            context["now"] = page_of(now)
            context["wishes"] = wishes(self)
            context["released"] = released_steps(self.person)
        context.setdefault(
            "form",
            CameBackForm(initial={"on": today()})
            if now is not None
            else WentMissingForm(initial={"since": today()}),
        )
        found = episodes(self.person)
        return context | {
            "episodes": found[::-1],
            "week": WEEK,
            "pattern": pattern_of(self.person, found, today()) if len(found) > 1 else None,
        }


def wishes(view: PersonView) -> list[Any]:
    """What they want workers to do if they are missing, as far as they share it."""
    return plan_of(view.actor, view.person, "safe").by_key.get("missing", [])


class WentMissing(TimeAway):
    """Nobody knows where they are."""

    action = "file.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open an episode."""
        form = WentMissingForm(request.POST)
        if form.is_valid():
            try:
                actions.went_missing(by=self.actor, person=self.person, **form.said())
            except actions.AlreadyMissing:
                form.add_error(None, _now("They are already recorded as missing."))
        if form.is_valid():
            return redirect("time_away", person_id=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CameBack(TimeAway):
    """They are back."""

    action = "file.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the episode."""
        form = CameBackForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.came_back(
                    by=self.actor,
                    person=self.person,
                    on=given["on"],
                    how=given["how"],
                    back_at=given["moment"],
                )
            except actions.EndsBeforeItStarts:
                form.add_error("on", _now("This day is before they went missing."))
            except actions.NotMissing:
                form.add_error(None, _now("Somebody has already recorded that they are back."))
        if form.is_valid():
            return redirect("time_away", person_id=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OfEpisode(PersonView):
    """A page about one episode of this person; any other is not there."""

    tab = "time_away"

    @cached_property
    def episode(self) -> Episode:
        """The one in the address."""
        try:
            return episode_of(self.person, self.kwargs["episode_id"])
        except Episode.DoesNotExist as fault:
            raise Http404 from fault


class EpisodeView(OfEpisode):
    """One episode: its steps, what was written meanwhile, and the talk on return."""

    template_name = "practice_desk/episode.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it."""
        return super().get_context_data(**kwargs) | {
            "now": page_of(self.episode),
            "released": released_steps(self.person),
        }


class EpisodeForm(OfEpisode, PersonFormView):
    """A form about one episode."""

    back = "time_away"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, for an episode that is there."""
        self.about = self.episode
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same, whatever was typed."""
        self.about = self.episode
        return super().post(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": today()}


class TakeStep(EpisodeForm):
    """Somebody was told, or not, and why."""

    form_class = StepForm
    submit = _("Save")

    @property
    def rule(self) -> MissingStep:
        """The step in the address."""
        rows = {one.id: one for one in builtin_rules().missing_steps if one.applies != "return"}
        try:
            return rows[self.kwargs["step"]]
        except KeyError as fault:
            raise Http404 from fault

    @property
    def heading(self) -> str:
        """Whom to tell."""
        return self.rule.told.in_language(get_language() or "en")

    @property
    def lead(self) -> str:
        """What to tell them."""
        return self.rule.text.in_language(get_language() or "en")

    def save(self, form: StepForm) -> None:
        """Write it down."""
        try:
            actions.take_step(
                by=self.actor, episode=self.episode, step=self.rule.id, **form.said()
            )
        except actions.OfConcern:
            form.add_error("told", str(OF_CONCERN))


class WriteDown(EpisodeForm):
    """What was tried or heard, a demand of the police, or that their whereabouts changed."""

    form_class = EpisodeNoteForm
    heading = _("What was tried or learned")
    submit = _("Save")

    def initial(self) -> dict[str, Any]:
        """Today; most often somebody tried to reach them."""
        return {"on": today(), "kind": EpisodeNote.Kind.TRIED}

    def save(self, form: EpisodeNoteForm) -> None:
        """Write it down."""
        try:
            actions.write_down(by=self.actor, episode=self.episode, **form.said())
        except actions.NotMissing:
            form.add_error(
                None,
                _now("They are back since. Write it as a note, or as a demand of the police."),
            )


class Talk(EpisodeForm):
    """The talk on return: with whom they choose, in their words, or not at all."""

    form_class = ReturnTalkForm
    heading = _("A talk on return")
    submit = _("Save")

    @property
    def lead(self) -> str:
        """First food, sleep and care."""
        return page_of(self.episode).talk_asks

    def save(self, form: ReturnTalkForm) -> None:
        """Keep it."""
        try:
            actions.talk_on_return(by=self.actor, episode=self.episode, **form.cleaned_data)
        except actions.StillAway:
            form.add_error("on", _now("The talk comes after they are back. Choose a later day."))
        except actions.NothingSaid:
            form.add_error("push", _now("Write what was said, or choose another answer above."))
        except actions.OfConcern:
            form.add_error("with_whom", str(OF_CONCERN))


class OfStepNews(OfEpisode):
    """What was written of one step of this episode; of any other it is not there."""

    action = "note.release"

    @cached_property
    def told(self) -> StepNews:
        """The row in the address."""
        try:
            return self.episode.step_news.select_related("person").get(pk=self.kwargs["news_id"])
        except StepNews.DoesNotExist as fault:
            raise Http404 from fault


class ReleaseStep(OfStepNews, PersonFormView):
    """Three questions before a step may be read on a device. Each answer is kept."""

    action = "note.release"
    form_class = ReleaseForm
    back = "time_away"
    heading = _("Let them read this step in My space")
    lead = _("They will read whom you told, when, and under which number, as it was written.")
    submit = _("Keep my answers")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions, for a step that is there."""
        self.about = self.told
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same, whatever was answered."""
        self.about = self.told
        return super().post(request, *args, **kwargs)

    def save(self, form: ReleaseForm) -> None:
        """Keep them."""
        try:
            releases.release_step(by=self.actor, step=self.told, answers=form.cleaned_data)
        except releases.NotOffered:
            form.add_error(None, _now("Look at My space together first."))


class TakeBackStep(OfStepNews):
    """The step is not read in My space from now on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back. One that was not released stays as it is."""
        with suppress(releases.NotReleased):
            releases.take_back_step(by=self.actor, step=self.told)
        return redirect("episode", person_id=self.person.pk, episode_id=self.episode.pk)


class PoliceSheet(OfEpisode, PlanCopy):
    """One page for the police, in the language they read: what helps to find them."""

    def printed(self, language: Language) -> tuple[str, bytes]:
        """Its name, and the file."""
        page: EpisodePage = page_of(self.episode)
        told = [row for step in page.steps if step.rule.id == "police" for row in step.news]
        worker = self.request.user
        agency = self.person.agency.name
        return sheet_name(language), police_sheet(
            Sheet(
                person=self.person,
                episode=self.episode,
                looks=description(self.person),
                asks=f"{worker.display_name}, {agency}",  # type: ignore[union-attr]
                number=next((row.reference for row in reversed(told) if row.reference), ""),
                unknown=page.unknown,
            ),
            language=language,
            on=today(),
            code=as_printed(self.trace),
        )
