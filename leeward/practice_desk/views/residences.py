"""Houses: who is in tonight, on one screen by the door; and the paper for the next shift."""

import uuid
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.access.rules import may
from leeward.audit.traces import as_printed, new_trace
from leeward.core.agency_time import today
from leeward.core.forms import LeewardForm
from leeward.plans.copy.lettering import Language
from leeward.plans.shift_printing import shift_name, shift_sheet
from leeward.practice_desk.views.base import DeskView, PersonFormView
from leeward.residences import actions
from leeward.residences.forms import (
    ForShiftForm,
    FreeBedsForm,
    GoOutForm,
    MoveInForm,
    MoveOutForm,
    ResidenceForm,
)
from leeward.residences.models import Presence, Residence
from leeward.residences.queries import Board, residences_of, stay_of

NOT_HERE = _("They do not live in a house now. Say first in which house they live.")


class Residences(DeskView):
    """The houses of the agency."""

    action = "residence.board"
    nav = "residences"
    template_name = "practice_desk/residences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By name, and room to open one for whoever may."""
        kwargs.setdefault("form", ResidenceForm())
        return super().get_context_data(**kwargs) | {
            "houses": residences_of(self.actor),
            "may_open": may(self.actor.role, "residence.open"),
        }


class OpenResidence(DeskView):
    """Open a house."""

    action = "residence.open"
    http_method_names = ["post"]
    nav = "residences"
    template_name = "practice_desk/residences.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it, or say what to mend."""
        form = ResidenceForm(request.POST)
        if form.is_valid():
            try:
                actions.open_residence(by=self.actor, **form.cleaned_data)
            except actions.NameTaken:
                form.add_error("name", _now("There is a house of this name. Choose another."))
        if form.is_valid():
            return redirect("residences")
        context = self.get_context_data(form=form, houses=residences_of(self.actor), may_open=True)
        return self.render_to_response(context, status=422)


class HouseView(DeskView):
    """A page of one house; one of another agency is not there. Reading it is recorded."""

    action = "residence.board"
    nav = "residences"
    template_name = "practice_desk/residence.html"

    # The code on what this request prints.
    trace = ""

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the board first."""
        try:
            self.board: Board = actions.read_board(
                by=self.actor, residence_id=kwargs["residence_id"], trace=self.trace
            )
        except Residence.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who is in."""
        kwargs.setdefault("form", FreeBedsForm())
        return super().get_context_data(**kwargs) | {
            "board": self.board,
        }


class House(HouseView):
    """The screen by the door."""


class Beds(HouseView):
    """How many beds are free."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say it."""
        form = FreeBedsForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        actions.say_free_beds(
            by=self.actor, residence=self.board.residence, count=form.cleaned_data["count"]
        )
        return redirect("residence", residence_id=self.board.residence.pk)


class Handover(HouseView):
    """The paper for the next shift, in the language they read."""

    http_method_names = ["get"]

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each copy has a code of its own, in the audit before it is on paper."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name."""
        language: Language = kwargs["copy_language"]
        pdf = shift_sheet(self.board, language=language, on=today(), code=as_printed(self.trace))
        name = shift_name(language)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class OfHouse(PersonFormView):
    """A form about a young person in their house; it leads back to the house."""

    back = "about"
    tab = "about"

    @cached_property
    def house_id(self) -> uuid.UUID | None:
        """The house they live in now."""
        stay = stay_of(self.person)
        return stay.residence_id if stay else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save it, and go to the house."""
        before = self.house_id
        form = self.form_class(request.POST, **self.form_options())
        if form.is_valid():
            try:
                self.save(form)
            except actions.NotLivingHere:
                form.add_error(None, str(NOT_HERE))
        if not form.is_valid():
            return self.draw(form, status=422)
        house = stay_of(self.person)
        to = house.residence_id if house else before
        return redirect("residence", residence_id=to) if to else redirect("residences")


class MoveIn(OfHouse):
    """Which house they live in."""

    form_class = MoveInForm
    heading = _("In which house do they live?")
    submit = _("Save")

    def form_options(self) -> dict[str, Any]:
        """The houses of the agency."""
        return {"houses": residences_of(self.actor)}

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"since": today(), "residence": self.house_id}

    def save(self, form: MoveInForm) -> None:
        """They live there."""
        given = form.cleaned_data
        try:
            actions.move_in(
                by=self.actor,
                person=self.person,
                residence=form.houses[given["residence"]],
                since=given["since"],
            )
        except actions.StartsTooEarly:
            form.add_error("since", _now("They moved into another house after this day."))


class MoveOut(OfHouse):
    """They live there no more."""

    form_class = MoveOutForm
    heading = _("They do not live here any more")
    submit = _("Save")

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": today()}

    def save(self, form: MoveOutForm) -> None:
        """From a day on."""
        try:
            actions.move_out(by=self.actor, person=self.person, **form.cleaned_data)
        except actions.StartsTooEarly:
            form.add_error("on", _now("They moved in after this day."))


class GoOut(OfHouse):
    """They go out, and it is known where."""

    form_class = GoOutForm
    heading = _("Going out")
    submit = _("They are out")

    def save(self, form: GoOutForm) -> None:
        """Where, and until when."""
        actions.come_or_go(
            by=self.actor,
            person=self.person,
            kind=Presence.Kind.OUT,
            where=form.cleaned_data["where"],
            back_by=form.back_by(),
        )


class ComeIn(OfHouse):
    """They are in: one press on the screen by the door."""

    http_method_names = ["post"]
    form_class: ClassVar[type[LeewardForm]] = LeewardForm
    heading = _("They are in")
    submit = _("They are in")

    def save(self, form: LeewardForm) -> None:
        """They are in."""
        actions.come_or_go(by=self.actor, person=self.person, kind=Presence.Kind.IN)


class TellShift(OfHouse):
    """What the next shift must know."""

    form_class = ForShiftForm
    heading = _("For the next shift")
    submit = _("Save")

    def save(self, form: ForShiftForm) -> None:
        """Keep it."""
        actions.tell_next_shift(by=self.actor, person=self.person, **form.cleaned_data)
