"""Pages about who somebody is, how to reach them, where they live and who works with them."""

import contextlib
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.core.forms import lines
from leeward.legal.queries import rules_of
from leeward.missing.queries import open_episode
from leeward.people import actions
from leeward.people.covering.queries import all_covers
from leeward.people.forms import (
    ContactForm,
    DescriptionForm,
    DetailsForm,
    OpenFileForm,
    SafeContactForm,
    StrengthsForm,
    TurnForm,
    answers_of,
)
from leeward.people.models import YoungPerson
from leeward.people.queries import (
    Match,
    all_assignments,
    contacts,
    description,
    earlier_descriptions,
    earlier_safe_contacts,
    file_events,
    safe_contact,
    strengths,
)
from leeward.placements.actions import StartsTooEarly, move
from leeward.placements.forms import MoveForm
from leeward.placements.queries import history
from leeward.practice_desk.queries.coming import birthdays_of
from leeward.practice_desk.views.base import DeskView, PersonFormView, PersonView
from leeward.practice_desk.views.beside import BesideNewer
from leeward.practice_desk.views.pages import too_many_searches


class OpenFile(DeskView):
    """Open a file: strengths first, and only after a search for the name."""

    action = "people.create"
    nav = "people"
    template_name = "practice_desk/open_file.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without a search there is no form: a second file for one person helps nobody."""
        return redirect("find")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """From a search: the form. Filled in: the file, unless somebody very like is there."""
        if "asked" in request.POST:
            return self.draw(OpenFileForm(initial={"name_used": request.POST["asked"].strip()}))
        form = OpenFileForm(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        data = form.cleaned_data
        try:
            person = actions.open_file(by=self.actor, not_these=self._denied(), **form.split())
        except actions.SomebodyAlike:
            return self.draw_alike(form, data)
        return redirect("overview", person_id=person.pk)

    def draw_alike(self, form: OpenFileForm, data: dict[str, Any]) -> HttpResponse:
        """The form again, beneath those alike. To see them is a search like any other."""
        try:
            alike = actions.look_up(
                by=self.actor,
                asked=data["name_used"],
                born=data["born"],
                limit=actions.ALIKE_SHOWN,
            )
        except actions.TooManySearches:
            form.add_error(None, too_many_searches())
            return self.draw(form, status=429)
        return self.draw(form, alike)

    def _denied(self) -> set[uuid.UUID]:
        """Those alike who stood on the page when the worker said that none of them is the person.

        Who came since is not among them, and is shown first.
        """
        if self.request.POST.get("none_of_these") != "yes":
            return set()
        found = set()
        for each in self.request.POST.getlist("shown"):
            # What is no id names nobody.
            with contextlib.suppress(ValueError):
                found.add(uuid.UUID(each))
        return found

    def draw(
        self, form: OpenFileForm, alike: list[Match] | None = None, status: int = 200
    ) -> HttpResponse:
        """The form, beneath whoever is like the name."""
        context = self.get_context_data(form=form, alike=alike or [])
        return self.render_to_response(context, status=status)


class About(PersonView):
    """Details, safe contact, where they live, who works with them, the file's own history."""

    tab = "about"
    template_name = "practice_desk/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything on one page, what newer answers took the place of too."""
        earlier = [
            (row, answers_of(SafeContactForm, row)) for row in earlier_safe_contacts(self.person)
        ]
        before = [
            (row, answers_of(DescriptionForm, row)) for row in earlier_descriptions(self.person)
        ]
        places = history(self.person)
        rules = rules_of(self.person.agency_id).rules
        return super().get_context_data(**kwargs) | {
            "strengths": strengths(self.person),
            "birthdays": birthdays_of(self.person, places, rules),
            "contacts": contacts(self.person)[:10],
            "placements": places,
            "assignments": all_assignments(self.person),
            "covers": all_covers(self.person),
            "events": file_events(self.person),
            "described": description(self.person),
            "earlier_contacts": earlier,
            "earlier_descriptions": before,
            "changes": self.person.changes.select_related("recorded_by").order_by("-version")[:10],
        }


class Details(BesideNewer):
    """Change details; what stood before is kept."""

    tab = "about"
    form_class = DetailsForm
    heading = _("Details")
    submit = _("Save details")

    def initial(self) -> dict[str, Any]:
        """As they stand."""
        return DetailsForm.initial_for(self.person)

    def save(self, form: DetailsForm) -> None:
        """Save, or show both when somebody else has saved in between."""
        try:
            actions.change_details(
                by=self.actor,
                person=self.person,
                version=form.cleaned_data["version"],
                details=form.details(),
            )
        except actions.ChangedMeanwhile as changed:
            self.show_both(form, DetailsForm.initial_for(changed.now), "version")


class SafeContact(BesideNewer):
    """How to reach them safely, as they last confirmed it."""

    tab = "about"
    form_class = SafeContactForm
    heading = _("Safe contact")
    lead = _("Ask them each time. This stands on every page of the file.")
    submit = _("Save safe contact")

    def initial(self) -> dict[str, Any]:
        """The newest, to confirm or change."""
        return SafeContactForm.initial_for(safe_contact(self.person)) | {"confirmed_on": today()}

    def save(self, form: SafeContactForm) -> None:
        """Add a new row, or show both when somebody else added one in between."""
        try:
            actions.confirm_safe_contact(by=self.actor, person=self.person, **form.cleaned_data)
        except actions.NewerAnswers:
            stands = SafeContactForm.initial_for(safe_contact(self.person))
            self.show_both(form, stands, "filled_from")


class AddContact(PersonFormView):
    """Somebody met, called, wrote or tried."""

    tab = "about"
    form_class = ContactForm
    heading = _("Record contact")
    submit = _("Save contact")
    back = "overview"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": today()}

    def save(self, form: ContactForm) -> None:
        """Add it."""
        actions.record_contact(by=self.actor, person=self.person, **form.cleaned_data)


class Describe(BesideNewer):
    """A description kept ahead, written together."""

    tab = "about"
    form_class = DescriptionForm
    heading = _("If they go missing")
    lead = _("Write this together. It is used for a missing sheet and nothing else.")
    submit = _("Save description")

    def initial(self) -> dict[str, Any]:
        """The newest."""
        return DescriptionForm.initial_for(description(self.person))

    def save(self, form: DescriptionForm) -> None:
        """Add a new row, or show both when somebody else added one in between."""
        try:
            actions.describe(by=self.actor, person=self.person, **form.cleaned_data)
        except actions.NewerAnswers:
            stands = DescriptionForm.initial_for(description(self.person))
            self.show_both(form, stands, "filled_from")


class AddStrengths(PersonFormView):
    """More strengths."""

    tab = "about"
    form_class = StrengthsForm
    heading = _("Add strengths")
    submit = _("Save strengths")
    back = "overview"

    def save(self, form: StrengthsForm) -> None:
        """One row a line."""
        actions.add_strengths(
            by=self.actor, person=self.person, texts=lines(form.cleaned_data["strengths"])
        )


class Move(PersonFormView):
    """Where they live from now on."""

    tab = "about"
    form_class = MoveForm
    heading = _("Where they live")
    lead = _("The place before stays on the record.")
    submit = _("Save where they live")

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"since": today()}

    def save(self, form: MoveForm) -> None:
        """Add the new place."""
        try:
            move(by=self.actor, person=self.person, **form.cleaned_data)
        except StartsTooEarly:
            form.add_error(
                "since", _now("The last place began after this day. Choose a later day.")
            )


class TurnFile(PersonFormView):
    """Close an open file, or open a closed one again, always with a reason."""

    action = "file.close"
    tab = "about"
    form_class = TurnForm

    @property
    def closing(self) -> bool:
        """Whether this page offers to close: as its form said when it was drawn."""
        offered = self.request.POST.get("to", self.initial()["to"])
        return bool(offered == YoungPerson.State.CLOSED)

    def initial(self) -> dict[str, Any]:
        """The other state than the one the file is in."""
        state = YoungPerson.State
        return {"to": state.CLOSED if self.person.state == state.OPEN else state.OPEN}

    @property
    def lead(self) -> Any:
        """Closing a file ends no search."""
        if self.closing and open_episode(self.person):
            return _(
                "They are still recorded as missing. Closing the file does not change that: they"
                " stay on your home page until somebody records that they are back."
            )
        return ""

    @property
    def heading(self) -> Any:
        """What happens."""
        return _("Close this file") if self.closing else _("Open this file again")

    @property
    def submit(self) -> Any:
        """The button."""
        return _("Close the file") if self.closing else _("Open the file again")

    def save(self, form: TurnForm) -> None:
        """Do what the page offered, or say that somebody has done it already."""
        turn = actions.close_file if self.closing else actions.reopen_file
        try:
            turn(by=self.actor, person=self.person, reason=form.cleaned_data["reason"])
        except actions.WrongState:
            form.add_error(
                None,
                _now("Somebody has already closed this file. Nothing was changed.")
                if self.closing
                else _now("Somebody has already opened this file again. Nothing was changed."),
            )
