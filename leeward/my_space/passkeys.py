"""A phone that opens it without words: adding one, taking it away, coming in by it.

The question for the phone is answered as JSON, for only a script may ask a phone (`passkey.js`).
What was asked comes back in a cookie of a few minutes.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.accounts.locks import address_of
from leeward.entry import passkeys
from leeward.entry.coming_in import NotIn, come_in_by_passkey
from leeward.entry.faces import Face
from leeward.entry.forms import ComeInForm, PhoneForm
from leeward.entry.own.actions import (
    MOST_PHONES,
    NoPasskeyHere,
    begin_passkey,
    keep_passkey,
    remove_passkey,
)
from leeward.entry.passkeys import Asked, NotRight, Site
from leeward.entry.queries import may_have_passkey, passkeys_of
from leeward.my_space.middleware import ASKED, MAY, keep, keep_for, let_go
from leeward.my_space.views import NOT_IN, FacePage, OwnPage


def site_of(request: HttpRequest, face: Face) -> Site:
    """This very address, under the name that the phone shows in its list."""
    return Site(f"{request.scheme}://{request.get_host()}", str(face.title))


def _asked(asked: Asked) -> HttpResponse:
    response = JsonResponse(asked.question)
    keep_for(response, ASKED, asked.mark, passkeys.ASKED_FOR)
    return response


class AskToOpen(FacePage):
    """What the script gives to the phone of whoever comes. It is nobody's question."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question."""
        return _asked(passkeys.ask_to_open(site_of(request, self.face)))


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ByPhone(FacePage):
    """In by the phone's answer, or the one answer that there is."""

    http_method_names = ["post"]
    template_name = "my_space/front.html"

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """In."""
        try:
            token = come_in_by_passkey(
                site=site_of(request, self.face),
                answer=request.POST.get("credential", ""),
                mark=request.COOKIES.get(ASKED, ""),
                address=address_of(request),
            )
        except NotIn:
            form = ComeInForm({})
            form.errors.clear()
            form.add_error(None, str(NOT_IN))
            response = self.draw(status=422, form=form)
        else:
            response = redirect("open", face=self.face.slug)
            keep(response, token)
        let_go(response, ASKED)
        return response


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Phones(OwnPage):
    """The phones that open it: what that means first, then adding this one, or taking one away."""

    action = "space.passkey"
    template_name = "my_space/phones.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the phones there are, and whether this may be one."""
        here = self.visitor
        found = super().get_context_data(**kwargs)
        offered = not here.visit.borrowed and may_have_passkey(self.entry.person_id)
        phones = passkeys_of(here.actor)
        return found | {"offered": offered, "phones": phones, "full": len(phones) >= MOST_PHONES}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What it means."""
        return self.draw(form=PhoneForm())

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Their answer and their number first; then what the phone made."""
        if "credential" in request.POST:
            return self.keep_made(request)
        form = PhoneForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        if form.cleaned_data["alone"] != "no":
            return self.draw(form=PhoneForm(), safer=True)
        try:
            right = begin_passkey(
                by=self.visitor.actor,
                visit=self.visitor.visit,
                number=form.cleaned_data["number"],
            )
        except NoPasskeyHere:
            return self.draw(status=422, form=PhoneForm())
        if not right:
            form.add_error(
                "number", str(_("That did not work. Check your number, or wait and try later."))
            )
            return self.draw(status=422, form=form)
        response = self.draw(ready=True)
        keep_for(response, MAY, passkeys.may(str(self.visitor.visit.pk)), passkeys.ASKED_FOR)
        return response

    def keep_made(self, request: HttpRequest) -> HttpResponse:
        """Keep what the phone made, if it was asked by this visit just now."""
        about = str(self.visitor.visit.pk)
        try:
            made = passkeys.made(
                site_of(request, self.face),
                request.POST["credential"],
                request.COOKIES.get(ASKED, ""),
                about,
            )
            keep_passkey(by=self.visitor.actor, visit=self.visitor.visit, made=made)
        except (NotRight, NoPasskeyHere):
            return self.draw(status=422, form=PhoneForm(), failed=True)
        response = self.draw(form=PhoneForm(), done=True)
        let_go(response, ASKED, MAY)
        return response


class AskToMake(OwnPage):
    """What the script gives to the phone to make one, once the number was given again."""

    action = "space.passkey"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, for this visit alone."""
        about = str(self.visitor.visit.pk)
        if not passkeys.may_still(request.COOKIES.get(MAY, ""), about):
            return HttpResponse(status=403)
        return _asked(passkeys.ask_to_make(site_of(request, self.face), about))


class PhoneAway(OwnPage):
    """That phone opens nothing any more."""

    action = "space.passkey"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away."""
        remove_passkey(
            by=self.visitor.actor,
            passkey_id=self.kwargs["passkey_id"],
            visit_id=self.visitor.visit.pk,
        )
        return redirect("phones", face=self.face.slug)
