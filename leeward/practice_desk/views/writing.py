"""Pages that add to what was seen and thought: record, correct, explain, pin, give an opinion."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from leeward.core.agency_time import today
from leeward.core.forms import LeewardForm
from leeward.drafts.actions import drop_draft
from leeward.drafts.models import Draft
from leeward.drafts.queries import draft_for
from leeward.observations.actions import explain, give_opinion, pin, record_observation, resolve
from leeward.observations.forms import (
    ExplainForm,
    OpinionForm,
    PinForm,
    RecordForm,
    ResolveForm,
)
from leeward.observations.models import Observation, Opinion, harm_as_answered
from leeward.observations.queries import current_model, observations_of
from leeward.practice_desk.drawing import language
from leeward.practice_desk.reads import ReadToThem, read_to_them
from leeward.practice_desk.views.base import PersonFormView, PersonView
from leeward.practice_desk.views.drafted import bound_to_draft


class NotePart(PersonView):
    """A part of a page about one note of this file; 404 for a note that is not here."""

    action = "file.write"
    tab = "notes"

    def note(self) -> Observation:
        """The note in the address."""
        try:
            return observations_of(self.person).get(pk=self.kwargs["note_id"])
        except Observation.DoesNotExist as fault:
            raise Http404 from fault


class Record(NotePart):
    """Record what was seen. With a note in the address, correct that note."""

    tab = ""
    template_name = "practice_desk/record.html"
    draft_form = "record"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form as it was left, or empty."""
        draft = draft_for(self.actor, self.draft_name(), self.person.pk)
        form = RecordForm(name=self.person.name_used, initial=self.initial())
        if draft:
            form = RecordForm.half_written(bound_to_draft(draft), name=self.person.name_used)
        return self.draw(form, draft=draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what to mend, or how it will read, with everything still there."""
        if "read" in request.POST:
            return self.read_back(request)
        form = RecordForm(request.POST, name=self.person.name_used)
        if not form.is_valid():
            return self.draw(form, status=422)
        corrects = self.note() if "note_id" in self.kwargs else None
        record_observation(by=self.actor, person=self.person, seen=form.seen(corrects))
        drop_draft(by=self.actor, form=self.draft_name(), subject_id=self.person.pk)
        if form.cleaned_data["harm"] != "none":
            return redirect("duties")
        return redirect("timeline", person_id=self.person.pk)

    def read_back(self, request: HttpRequest) -> HttpResponse:
        """How it will read to whoever it is about; nothing is saved, and nothing is a mistake."""
        form = RecordForm.half_written(request.POST, name=self.person.name_used)
        draft = draft_for(self.actor, self.draft_name(), self.person.pk)
        return self.draw(form, draft=draft, reads=read_to_them(request.POST, language()))

    def draft_name(self) -> str:
        """One draft for a new note, one for each correction."""
        note = self.kwargs.get("note_id")
        return f"correct-{note}" if note else self.draft_form

    def initial(self) -> dict[str, Any]:
        """Empty, or the note to correct."""
        if "note_id" not in self.kwargs:
            return {}
        note = self.note()
        harm = harm_as_answered(note) or {}
        return {
            "text": note.text,
            "own_words": note.own_words,
            "good_news": note.good_news,
            "source": note.source,
            "when": "other" if note.on else "unknown",
            "on": note.on,
            "part_of_day": note.part_of_day,
            "findings": note.findings or {},
            "harm": harm.get("level", "none"),
            "about": harm.get("about", "self"),
            "other_child_age": harm.get("other_child_age"),
        }

    def draw(
        self,
        form: RecordForm,
        draft: Draft | None = None,
        reads: ReadToThem | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The form, its threads, and the one to open."""
        context = self.get_context_data(
            form=form,
            threads=form.threads(),
            open_thread=self.request.GET.get("open", ""),
            draft=draft,
            draft_name=self.draft_name(),
            reads=reads,
            correcting="note_id" in self.kwargs,
        )
        return self.render_to_response(context, status=status)


class NoteForm(NotePart):
    """One small form about one note."""

    template_name = "practice_desk/form_page.html"
    form_class: ClassVar[type[LeewardForm]]
    heading: Any = ""
    submit: Any = gettext_lazy("Save")

    def form(self, note: Observation, data: Any = None) -> Any:
        """The form, bound when there is data."""
        return self.form_class(data)

    def save(self, note: Observation, form: Any) -> None:
        """The one domain call."""
        raise TypeError(type(self).__name__)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        note = self.note()
        return self.draw(note, self.form(note))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what to mend."""
        note = self.note()
        form = self.form(note, request.POST)
        if not form.is_valid():
            return self.draw(note, form, status=422)
        self.save(note, form)
        return redirect("note", person_id=self.person.pk, note_id=note.pk)

    def draw(self, note: Observation, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The form above the note it is about."""
        context = self.get_context_data(
            form=form, note=note, heading=self.heading, submit=self.submit, back="timeline"
        )
        return self.render_to_response(context, status=status)


class Explain(NoteForm):
    """An ordinary reason for what was seen."""

    heading = gettext_lazy("There is an ordinary explanation")

    def form(self, note: Observation, data: Any = None) -> ExplainForm:
        """Offers the note's own signs."""
        indicators = current_model().indicators
        choices = [
            (each, indicators[each].working.in_language(language()))
            for each in note.findings or {}
            if each in indicators
        ]
        initial = {"on": today()}
        return ExplainForm(data, choices=choices, initial=initial)

    def save(self, note: Observation, form: ExplainForm) -> None:
        """Add the explanation."""
        data = form.cleaned_data
        explain(
            by=self.actor,
            observation=note,
            how=data["how"],
            on=data["on"],
            indicators=data.get("indicators") or None,
        )


class PinNote(NoteForm):
    """Put a note on the chronology."""

    form_class = PinForm
    heading = gettext_lazy("Put on the chronology")

    def save(self, note: Observation, form: PinForm) -> None:
        """Pin it."""
        pin(by=self.actor, observation=note, why=form.cleaned_data["why"])


class UnpinNote(NotePart):
    """Take a note off the chronology; the line stays in its history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpin it."""
        note = self.note()
        pin(by=self.actor, observation=note, why="", pinned=False)
        return redirect("note", person_id=self.person.pk, note_id=note.pk)


class GiveOpinion(PersonFormView):
    """A worker's own opinion first; the reading comes after."""

    action = "opinion.give"
    tab = "signs"
    form_class = OpinionForm
    back = "signs"
    heading = gettext_lazy("Your opinion")
    lead = gettext_lazy(
        "Say what you think before Leeward lays the dated notes beside it. Nothing waits for this:"
        " if a child may be in danger, record it and report."
    )
    submit = gettext_lazy("Save my opinion, then show the reading")

    def save(self, form: OpinionForm) -> None:
        """Save it, with today's reading kept beside it."""
        self.opinion = give_opinion(by=self.actor, person=self.person, **form.given())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the saved opinion, where the reading stands beside it."""
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            return redirect("opinion", person_id=self.person.pk, opinion_id=self.opinion.pk)
        return response


class Resolve(PersonFormView):
    """A supervisor says which opinion to work from, and why."""

    action = "opinion.resolve"
    tab = "signs"
    form_class = ResolveForm
    back = "signs"
    heading = gettext_lazy("Work from this opinion")
    lead = gettext_lazy("Both opinions stay, with their dates. Your reason stands beside them.")
    submit = gettext_lazy("Save my reason")

    def save(self, form: ResolveForm) -> None:
        """Add the reason to the opinion in the address."""
        try:
            opinion = self.person.opinions.get(pk=self.kwargs["opinion_id"])
        except Opinion.DoesNotExist as fault:
            raise Http404 from fault
        resolve(by=self.actor, opinion=opinion, reason=form.cleaned_data["reason"])
