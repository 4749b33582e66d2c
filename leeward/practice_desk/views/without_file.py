"""Giving from no file: an officer answers what they received, or tells named workers something."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now

from leeward.disclosures.actions import ChangedSince, read_received
from leeward.disclosures.drafting import NoAuthority, NobodyThere, NothingToGive
from leeward.disclosures.models import Given, Received
from leeward.disclosures.queries import Copy, agencies_to_give_to
from leeward.disclosures.without_file import actions
from leeward.disclosures.without_file.drafting import USE, draft_without_file
from leeward.disclosures.without_file.forms import WithoutFileForm
from leeward.disclosures.without_file.kinds import piece_kinds
from leeward.practice_desk.drawing import language
from leeward.practice_desk.sharing_words import (
    as_shown,
    authority_choices,
    authority_words,
    kind_words,
)
from leeward.practice_desk.views.base import DeskView


class GivenList(DeskView):
    """What this officer gave, the newest first."""

    action = "disclosure.give_without_file"
    nav = "received"
    template_name = "practice_desk/given_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read, and recorded as listed."""
        found = actions.read_given_list(by=self.actor)
        return super().get_context_data(**kwargs) | {"given": found}


class GivenPage(DeskView):
    """The facts of one: its words are with whoever received them."""

    action = "disclosure.give_without_file"
    nav = "received"
    template_name = "practice_desk/given.html"
    given: Given

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What somebody else gave is not there."""
        try:
            self.given = actions.read_given(by=self.actor, given_id=kwargs["given_id"])
        except Given.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it held, without its words."""
        given = self.given
        return super().get_context_data(**kwargs) | {
            "given": given,
            "under": authority_words(given.authority),
            "items": [(kind_words(each["kind"]), each["on"]) for each in given.items],
            "kept_under": authority_words(given.kept_under),
        }


class GiveWithoutFile(DeskView):
    """Say about whom and to whom, type it, look at exactly what they will see, then give it."""

    action = "disclosure.give_without_file"
    nav = "received"
    template_name = "practice_desk/give_without_file.html"

    def form(self, data: Any = None) -> WithoutFileForm:
        """The form. It names no worker of another agency."""
        others = list(agencies_to_give_to(self.actor.own_agency_id))
        return self.form_for({each.kind for each in others}, data, agencies=others)

    def form_for(self, kinds: Iterable[str], data: Any, **options: Any) -> WithoutFileForm:
        """The form, with what fits agencies of these kinds."""
        return WithoutFileForm(
            data,
            initial={"may_hand_on": "no"},
            authorities=authority_choices(USE, *sorted(kinds)),
            kinds=piece_kinds(language()).items(),
            **options,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The preview; from there, to give it; or back to the form with all that was typed."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.draw(form, 422)
        try:
            if "give" in request.POST:
                return self.give(form)
            if "change" in request.POST:
                return self.draw(form)
            return self.preview(form)
        except NothingToGive:
            form.add_error(None, _now("Something here cannot be given. Choose again."))
        except NobodyThere:
            self.nobody(form)
        except NoAuthority:
            form.add_error("authority", _now("This does not fit that agency. Choose another."))
        return self.draw(form, 422)

    def nobody(self, form: WithoutFileForm) -> None:
        """Say that nobody receives it: alike for every reason."""
        form.add_error(
            "names",
            _now("One of these names is not known there. Ask how they are written there."),
        )

    def give(self, form: WithoutFileForm) -> HttpResponse:
        """Give what was previewed; what has changed since is shown again first."""
        digest = form.cleaned_data["digest"]
        try:
            row = actions.give_without_file(by=self.actor, asked=form.asked(), digest=digest)
        except ChangedSince:
            return self.preview(form, changed=True)
        return redirect("given", given_id=row.pk)

    def preview(self, form: WithoutFileForm, *, changed: bool = False) -> HttpResponse:
        """Exactly what they will see, and what cannot be undone."""
        draft = draft_without_file(by=self.actor, asked=form.asked()).given
        sent = self.request.POST.copy()
        sent["mark"], sent["digest"] = form.cleaned_data["mark"], draft.digest
        context = self.get_context_data(
            shared=as_shown(draft.content),
            changed=changed,
            sent=[(name, each) for name in form.fields for each in sent.getlist(name)],
        )
        return self.render_to_response(context, status=422 if changed else 200)

    def draw(self, form: WithoutFileForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        return self.render_to_response(self.get_context_data(form=form), status=status)


class AnswerReceived(GiveWithoutFile):
    """The same, back to whoever gave a copy that is open."""

    copy: Copy

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was not given to you is not there; a closed copy takes no answer."""
        try:
            self.copy = read_received(by=self.actor, received_id=kwargs["received_id"])
        except Received.DoesNotExist as fault:
            raise Http404 from fault
        if not self.copy.open:
            return redirect("received", received_id=self.copy.received.pk)
        return super().open(request, *args, **kwargs)

    def form(self, data: Any = None) -> WithoutFileForm:
        """The form, without anybody to name."""
        received = self.copy.received
        return self.form_for({received.from_agency.kind}, data, answers=received.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what is answered."""
        answered = {"copy": self.copy, "received": self.copy.received}
        return super().get_context_data(**kwargs) | answered

    def nobody(self, form: WithoutFileForm) -> None:
        """Whoever gave it is not there to receive."""
        form.add_error(
            None, _now("Nobody there can be given this as an answer. Give it to somebody by name.")
        )
