"""Signing in through an agency's own provider (OpenID Connect); off unless LEEWARD_OIDC names one.

It stands in the place of the password and of nothing else: it makes no account, the second step
comes after it, and nothing that the provider tells of a worker is kept but their number there.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as provider
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from requests import RequestException

from leeward.accounts.adapter import record_failure
from leeward.accounts.invitations import NoSuchInvitation, accept_by_provider
from leeward.accounts.providers import agency_of, agency_sign_ins
from leeward.practice_desk.views.start import COOKIE


def not_let_in(request: HttpRequest) -> HttpResponse:
    """One answer for whatever went wrong, so that none tells who works here."""
    record_failure()
    return render(request, "account/agency_not_in.html", status=403)


class AgencySignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What Leeward asks of allauth about accounts at a provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody registers by being known elsewhere."""
        return False

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Any:
        """Forget what the provider tells: names, addresses, groups."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let a worker in who is linked, or invited in this very browser, and nobody else."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(not_let_in(request))
        if not sociallogin.is_existing:
            self._link(request, sociallogin)
        if not sociallogin.user.is_active:
            raise ImmediateHttpResponse(not_let_in(request))

    @staticmethod
    def _link(request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.account
        named = next(one for one in agency_sign_ins() if one["provider_id"] == account.provider)
        try:
            sociallogin.account = accept_by_provider(
                browser_secret=request.COOKIES.get(COOKIE, ""),
                agency=agency_of(named),
                provider=account.provider,
                number=account.uid,
            )
        except NoSuchInvitation as fault:
            raise ImmediateHttpResponse(not_let_in(request)) from fault
        sociallogin.user = sociallogin.account.user

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The provider said no, or somebody went back."""
        raise ImmediateHttpResponse(not_let_in(request))


@method_decorator(login_not_required, name="dispatch")
class AgencyGo(View):
    """Off to the provider."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There, or back when it does not answer."""
        return self.through(request, provider.login, str(kwargs["provider_id"]))

    @staticmethod
    def through(request: HttpRequest, view: Any, provider_id: str) -> HttpResponse:
        """What allauth's view answers; the plain refusal when the provider makes no sense."""
        try:
            answer: HttpResponse = view(request, provider_id)
        except (RequestException, KeyError, ValueError):
            return not_let_in(request)
        return answer


class AgencyBack(AgencyGo):
    """Back from the provider."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """In, or why not."""
        return self.through(request, provider.callback, str(kwargs["provider_id"]))
