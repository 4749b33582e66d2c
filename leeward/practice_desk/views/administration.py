"""Who works here: taking on, changing, renewing a sign-in, leaving, and a lost device."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.administration import actions
from leeward.administration.forms import ChangeForm, TakeOnForm, WhyForm
from leeward.administration.queries import supervisors_of, worker_of
from leeward.core.forms import LeewardForm
from leeward.practice_desk.queries.administration import administration_page, worker_page
from leeward.practice_desk.views.base import DeskView

# Which field a refusal belongs to, and how to mend it.
FAULTS: dict[type[Exception], tuple[str | None, Any]] = {
    actions.ReasonMissing: ("reason", _("Say why, in a few words.")),
    actions.NameTaken: (
        "username",
        _("Somebody signs in with this name already. Choose another."),
    ),
    actions.NotASupervisor: (None, _("This supervisor cannot be chosen. Choose another.")),
    actions.NothingChanges: (
        None,
        _("This is how it is now. Choose another role or another supervisor."),
    ),
    actions.AlreadyAsked: (
        None,
        _("This was asked for already, and waits for somebody to agree. Nothing was added."),
    ),
    actions.NotHere: (None, _("This has changed meanwhile. Go back and look again.")),
    actions.LastAdministrator: (
        None,
        _("There is no other administrator here. Take on another first."),
    ),
}


class Administration(DeskView):
    """Everybody of the agency."""

    action = "administration.read"
    fresh = True
    nav = "administration"
    template_name = "practice_desk/administration.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those who are here first."""
        page = administration_page(by=self.actor)
        return super().get_context_data(**kwargs) | {"page": page}


class WorkerPage(DeskView):
    """One worker, and what may be asked for them."""

    action = "administration.read"
    fresh = True
    nav = "administration"
    template_name = "practice_desk/administration_worker.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is asked for them, too."""
        try:
            page = worker_page(by=self.actor, worker_id=self.kwargs["worker_id"])
        except Worker.DoesNotExist as fault:
            raise Http404 from fault
        return super().get_context_data(**kwargs) | {"page": page}


class AdministrationForm(DeskView):
    """One form of administration. A mistake draws the page again with all that was typed."""

    action = "administration.change"
    fresh = True
    nav = "administration"
    template_name = "practice_desk/administration_form.html"
    form_class: ClassVar[type[LeewardForm]]
    heading: Any = ""
    lead: Any = ""
    submit: Any = _("Ask")

    def form_options(self) -> dict[str, Any]:
        """More arguments for the form."""
        return {}

    def save(self, said: dict[str, Any]) -> None:
        """The one domain call."""
        raise TypeError(type(self).__name__)

    def done(self) -> HttpResponse:
        """Where to go when it is done."""
        return redirect("administration")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(self.form_class(**self.form_options()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say what to mend."""
        form = self.form_class(request.POST, **self.form_options())
        if not form.is_valid():
            return self.draw(form, status=422)
        try:
            self.save(form.cleaned_data)
        except actions.AboutOneself as fault:
            # No page offers it: whoever tries is told no more, and it is recorded.
            raise PermissionDenied from fault
        except tuple(FAULTS) as fault:
            form.add_error(*FAULTS[type(fault)])
            return self.draw(form, status=422)
        return self.done()

    def draw(self, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form, heading=self.heading, lead=self.lead, submit=self.submit
        )
        return self.render_to_response(context, status=status)


class TakeOn(AdministrationForm):
    """Somebody new."""

    form_class = TakeOnForm
    heading = _("Take somebody on")
    lead = _("Another person must agree. They are then given a link to start with.")

    def form_options(self) -> dict[str, Any]:
        """Who could supervise."""
        return {"supervisors": supervisors_of(self.actor)}

    def save(self, said: dict[str, Any]) -> None:
        """Ask for it."""
        actions.ask_to_take_on(by=self.actor, **said)


class AboutWorker(AdministrationForm):
    """A form about one worker of the agency."""

    form_class: ClassVar[type[LeewardForm]] = WhyForm

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the worker first: one of another agency does not exist."""
        try:
            self.worker = worker_of(self.actor, kwargs["worker_id"])
        except Worker.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def done(self) -> HttpResponse:
        """Their page."""
        return redirect("administration_worker", worker_id=self.worker.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it is about."""
        return super().get_context_data(**kwargs) | {"worker": self.worker}


class Change(AboutWorker):
    """Another role or supervisor."""

    form_class = ChangeForm
    heading = _("Change role or supervisor")
    lead = _("Another person must agree. They are then signed out everywhere, and told.")

    def form_options(self) -> dict[str, Any]:
        """Who could supervise, and how it is now."""
        now = {"role": self.worker.role, "supervised_by": self.worker.supervised_by_id}
        return {"supervisors": supervisors_of(self.actor, self.worker), "initial": now}

    def save(self, said: dict[str, Any]) -> None:
        """Ask for it."""
        actions.ask_to_change(by=self.actor, worker=self.worker, **said)


class Reset(AboutWorker):
    """A new sign-in for somebody who cannot use theirs any more."""

    heading = _("Give a new sign-in")
    lead = _(
        "Another person must agree, and hands over the link. The password, passkeys and codes"
        " they have now end then. Be sure that it is really they who ask."
    )

    def save(self, said: dict[str, Any]) -> None:
        """Ask for it."""
        actions.ask_to_reset(by=self.actor, worker=self.worker, reason=said["reason"])


class LetBack(AboutWorker):
    """Somebody who has left comes back."""

    heading = _("Let somebody back")
    lead = _("Another person must agree. They are then given a link to start with.")

    def save(self, said: dict[str, Any]) -> None:
        """Ask for it."""
        actions.ask_to_let_back(by=self.actor, worker=self.worker, reason=said["reason"])


class Leave(AboutWorker):
    """Somebody works here no more."""

    form_class = LeewardForm
    heading = _("They work here no more")
    lead = _(
        "They are signed out everywhere at once and cannot sign in again. Their supervisor is told"
        " to hand their files on."
    )
    submit = _("They have left")

    def save(self, said: dict[str, Any]) -> None:
        """End it."""
        actions.leave(by=self.actor, worker=self.worker)


class Lost(AboutWorker):
    """Somebody's device is lost or stolen."""

    form_class = LeewardForm
    heading = _("Report a lost device")
    lead = _(
        "They are signed out everywhere at once. The other administrators and the privacy officer"
        " are told. If a passkey or codes were on it, ask for a new sign-in as well."
    )
    submit = _("Sign them out everywhere")

    def save(self, said: dict[str, Any]) -> None:
        """End every session."""
        actions.report_lost(by=self.actor, worker=self.worker)
