"""Pages about who somebody is, how to reach them, where they live and who works with them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.missing.actions import (
    AlreadyMissing,
    EndsBeforeItStarts,
    NotMissing,
    came_back,
    went_missing,
)
from leeward.missing.forms import CameBackForm, WentMissingForm
from leeward.missing.queries import episodes
from leeward.people import actions
from leeward.people.forms import (
    AssignForm,
    ContactForm,
    DescriptionForm,
    DetailsForm,
    FileForm,
    OpenFileForm,
    SafeContactForm,
    StrengthsForm,
    TransferForm,
    lines,
)
from leeward.people.models import Assignment
from leeward.people.queries import (
    Match,
    all_assignments,
    contacts,
    description,
    file_events,
    safe_contact,
    strengths,
)
from leeward.placements.actions import StartsTooEarly, move
from leeward.placements.forms import MoveForm
from leeward.placements.queries import history
from leeward.practice_desk.views.base import DeskView, PersonFormView, PersonView


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
        alike = actions.look_up(by=self.actor, asked=data["name_used"], born=data["born"], limit=5)
        if alike and request.POST.get("none_of_these") != "yes":
            return self.draw(form, alike)
        person = actions.open_file(by=self.actor, **form.split())
        return redirect("overview", person_id=person.pk)

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
        """Everything on one page."""
        return super().get_context_data(**kwargs) | {
            "strengths": strengths(self.person),
            "contacts": contacts(self.person)[:10],
            "placements": history(self.person),
            "assignments": all_assignments(self.person),
            "events": file_events(self.person),
            "described": description(self.person),
            "changes": self.person.changes.select_related("recorded_by").order_by("-version")[:10],
        }


class Details(PersonFormView):
    """Change details; what stood before is kept."""

    tab = "about"
    template_name = "practice_desk/details.html"
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
            self.theirs = changed.now
            form.carry("version", changed.now.version)
            form.add_error(
                None,
                _now(
                    "Somebody else saved these details while you were typing. Theirs are shown"
                    " beside yours. Choose what is right, then save again."
                ),
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts side by side after a conflict."""
        theirs = getattr(self, "theirs", None)
        rows = []
        if theirs is not None:
            form, now = kwargs["form"], DetailsForm.initial_for(theirs)
            rows = [
                (form.fields[name].label, form.data.get(name, ""), now[name])
                for name in form.fields
                if isinstance(now.get(name), str)
            ]
        return super().get_context_data(**kwargs) | {
            "both": [row for row in rows if row[1] != row[2]]
        }


class SafeContact(PersonFormView):
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
        """Add a new row."""
        actions.confirm_safe_contact(by=self.actor, person=self.person, **form.cleaned_data)


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


class Describe(PersonFormView):
    """A description kept ahead, written together."""

    tab = "about"
    form_class = DescriptionForm
    heading = _("If they go missing")
    lead = _("Write this together. It is used for a missing sheet and nothing else.")
    submit = _("Save description")

    def initial(self) -> dict[str, Any]:
        """The newest."""
        row = description(self.person)
        names = list(DescriptionForm.base_fields)
        return {name: getattr(row, name) for name in names} if row else {}

    def save(self, form: DescriptionForm) -> None:
        """Add a new row."""
        actions.describe(by=self.actor, person=self.person, **form.cleaned_data)


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


class Assign(PersonFormView):
    """Put somebody on the team."""

    action = "file.assign"
    tab = "about"
    form_class = AssignForm
    heading = _("Add to the team")
    submit = _("Add to the team")

    def form_options(self) -> dict[str, Any]:
        """Workers of this agency."""
        return {"agency_id": self.person.agency_id}

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"since": today()}

    def save(self, form: AssignForm) -> None:
        """Assign."""
        actions.assign(by=self.actor, person=self.person, **form.cleaned_data)


class EndAssignment(PersonView):
    """Take somebody off the team, as of today."""

    action = "file.assign"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it; the row stays."""
        try:
            row = self.person.team.get(pk=kwargs["assignment_id"], until=None)
        except Assignment.DoesNotExist as fault:
            raise Http404 from fault
        actions.end_assignment(by=self.actor, assignment=row, until=today())
        return redirect("about", person_id=self.person.pk)


class Transfer(PersonFormView):
    """Hand the file to another worker."""

    action = "file.assign"
    tab = "about"
    form_class = TransferForm
    heading = _("Transfer this file")
    lead = _("Say goodbye first where you can. Who walks alongside matters.")
    submit = _("Transfer")

    def form_options(self) -> dict[str, Any]:
        """Workers of this agency."""
        return {"agency_id": self.person.agency_id}

    def save(self, form: TransferForm) -> None:
        """Transfer."""
        to: Worker = form.cleaned_data["to"]
        actions.transfer_file(
            by=self.actor, person=self.person, to=to, reason=form.cleaned_data["reason"]
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the list: whoever hands a file on may no longer open it."""
        form = self.form_class(request.POST, **self.form_options())
        if not form.is_valid():
            return self.draw(form, status=422)
        self.save(form)
        return redirect("people")


class TurnFile(PersonFormView):
    """Close an open file, or open a closed one again, always with a reason."""

    tab = "about"
    form_class = FileForm

    @property
    def closing(self) -> bool:
        """Whether the file is open now."""
        return self.person.state == "open"

    @property
    def heading(self) -> Any:
        """What happens."""
        return _("Close this file") if self.closing else _("Open this file again")

    @property
    def submit(self) -> Any:
        """The button."""
        return _("Close the file") if self.closing else _("Open the file again")

    def save(self, form: FileForm) -> None:
        """Close or reopen."""
        turn = actions.close_file if self.closing else actions.reopen_file
        turn(by=self.actor, person=self.person, reason=form.cleaned_data["reason"])


class TimeAway(PersonView):
    """Missing episodes; recording that somebody is missing, or back."""

    tab = "time_away"
    template_name = "practice_desk/time_away.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every episode, newest first, and the form that fits."""
        context = super().get_context_data(**kwargs)
        missing_now = context["frame"].episode is not None
        context.setdefault(
            "form",
            CameBackForm(initial={"on": today()})
            if missing_now
            else WentMissingForm(initial={"since": today()}),
        )
        return context | {"episodes": list(reversed(episodes(self.person)))}


class WentMissing(TimeAway):
    """Nobody knows where they are."""

    action = "file.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open an episode."""
        form = WentMissingForm(request.POST)
        if form.is_valid():
            try:
                went_missing(by=self.actor, person=self.person, **form.cleaned_data)
            except AlreadyMissing:
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
            try:
                came_back(by=self.actor, person=self.person, **form.cleaned_data)
            except EndsBeforeItStarts:
                form.add_error("on", _now("This day is before they went missing."))
            except NotMissing:
                form.add_error(None, _now("Somebody has already recorded that they are back."))
        if form.is_valid():
            return redirect("time_away", person_id=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)
