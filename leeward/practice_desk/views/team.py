"""Pages about who works with somebody, and who must not know of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.people.models import Assignment, YoungPerson
from leeward.people.standing import actions
from leeward.people.standing.forms import AssignForm, EndLockForm, LockForm, TransferForm
from leeward.people.standing.models import ConflictLock
from leeward.people.standing.queries import may_be_kept_out, may_join
from leeward.practice_desk.views.base import DeskView, PersonFormView, PersonView


class Assign(PersonFormView):
    """Put somebody on the team."""

    action = "file.assign"
    tab = "about"
    form_class = AssignForm
    heading = _("Add to the team")
    submit = _("Add to the team")

    def form_options(self) -> dict[str, Any]:
        """Those who could be on this team."""
        return {"workers": may_join(self.person)}

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"since": today()}

    def save(self, form: AssignForm) -> None:
        """Assign, or ask for another when something has come between since."""
        try:
            actions.assign(by=self.actor, person=self.person, **form.cleaned_data)
        except actions.CannotJoin:
            form.add_error("worker", _now("Choose a worker from the list."))


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

    action = "file.transfer"
    tab = "about"
    form_class = TransferForm
    heading = _("Transfer this file")
    lead = _("Say goodbye first where you can. Who walks alongside matters.")
    submit = _("Transfer")

    def form_options(self) -> dict[str, Any]:
        """Those who could be on this team."""
        return {"workers": may_join(self.person)}

    def save(self, form: TransferForm) -> None:
        """Transfer, or ask for another when something has come between since."""
        to: Worker = form.cleaned_data["to"]
        reason = form.cleaned_data["reason"]
        try:
            actions.transfer_file(by=self.actor, person=self.person, to=to, reason=reason)
        except actions.CannotJoin:
            form.add_error("to", _now("Choose a worker from the list."))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the list: whoever hands a file on may no longer open it."""
        form = self.form_class(request.POST, **self.form_options())
        if form.is_valid():
            self.save(form)
        if form.is_valid():
            return redirect("people")
        return self.draw(form, status=422)


class Locks(DeskView):
    """Who must not know of a file. The name of whose file it is, and nothing of the story."""

    action = "file.lock"
    nav = "people"
    template_name = "practice_desk/locks.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A file that is not yours to lock does not exist."""
        try:
            self.person, self.locks = actions.read_locks(
                by=self.actor, person_id=kwargs["person_id"]
            )
        except YoungPerson.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Those who are kept from it, and the form for one more."""
        return self.draw(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lock it, and stay here: the list says that it is done."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        actions.lock_out(by=self.actor, person=self.person, **form.cleaned_data)
        return redirect("locks", person_id=self.person.pk)

    def form(self, data: Any = None) -> LockForm:
        """The form, with everybody it may name."""
        return LockForm(data, workers=may_be_kept_out(self.actor, self.person))

    def draw(self, form: Any, status: int = 200, lock: ConflictLock | None = None) -> HttpResponse:
        """The list and the form."""
        # Not `person`: the frame of the page would then offer the file itself.
        context = self.get_context_data(form=form, whose=self.person, locks=self.locks, lock=lock)
        return self.render_to_response(context, status=status)


class EndLock(Locks):
    """Let a worker know of a file again, with a reason."""

    action = "file.unlock"
    # A browser left open must not let anybody in.
    fresh = True

    def lock(self) -> ConflictLock:
        """The lock in the address, while it stands."""
        for each in self.locks:
            if each.pk == self.kwargs["lock_id"] and each.until is None:
                return each
        raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Why?"""
        return self.draw(EndLockForm(), lock=self.lock())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, and back to the list."""
        lock, form = self.lock(), EndLockForm(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422, lock=lock)
        actions.end_lock(by=self.actor, lock=lock, reason=form.cleaned_data["reason"])
        return redirect("locks", person_id=self.person.pk)
