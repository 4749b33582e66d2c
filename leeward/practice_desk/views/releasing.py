"""Releasing a note to the young person, and taking it back: the worker's side of My file."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.entry.queries import newest_offer
from leeward.observations.models import Observation
from leeward.practice_desk.views.writing import NoteForm, NotePart
from leeward.releases import actions
from leeward.releases.forms import ReleaseForm


class ReleaseNote(NoteForm):
    """Three questions before a note may be read on a device. Each answer is kept."""

    action = "note.release"
    form_class = ReleaseForm
    template_name = "practice_desk/release.html"
    heading = _("Let them read this note in My space")
    submit = _("Keep my answers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what they last said of their phone."""
        return super().get_context_data(**kwargs) | {"offer": newest_offer(self.person)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the note, which says what follows from the answers."""
        note = self.note()
        form = self.form(note, request.POST)
        if form.is_valid():
            self.save(note, form)
        if not form.is_valid():
            return self.draw(note, form, status=422)
        return redirect("note", person_id=self.person.pk, note_id=note.pk)

    def save(self, note: Observation, form: ReleaseForm) -> None:
        """Keep them."""
        try:
            actions.release(by=self.actor, note=note, answers=form.cleaned_data)
        except actions.NotOffered:
            form.add_error(None, _now("Look at My space together first."))
        except actions.CorrectedSince:
            form.add_error(None, _now("This note was corrected. Release the one that stands."))


class TakeBackRelease(NotePart):
    """The note is not read in My space from now on."""

    action = "note.release"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back. One that was not released stays as it is."""
        note = self.note()
        with suppress(actions.NotReleased):
            actions.take_back(by=self.actor, note=note)
        return redirect("note", person_id=self.person.pk, note_id=note.pk)
