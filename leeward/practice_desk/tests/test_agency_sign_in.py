"""An agency's own sign-in, with a small provider on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts.actions import end_all_sessions, invite, reset_sign_in
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.practice_desk import urls

pytestmark = pytest.mark.django_db

GO = {"provider_id": "shore"}


class Provider(BaseHTTPRequestHandler):
    """Says who signs in: the server's `number`."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            return self.say(
                issuer=here,
                authorization_endpoint=f"{here}/ask",
                token_endpoint=f"{here}/token",
                userinfo_endpoint=f"{here}/who",
                jwks_uri=f"{here}/keys",
            )
        return self.say(sub=self.server.number, name="Robin Invented", email="r@example.org")

    def do_POST(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        told = {"iss": here, "aud": "leeward", "sub": self.server.number, "exp": 2**33, "iat": 1}
        self.say(
            access_token="a token",
            token_type="Bearer",
            id_token=jwt.encode(told, "k" * 32, algorithm="HS256"),
        )

    def say(self, **told):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def provider(settings, agency):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.number = "number-7"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    named = {
        "provider_id": "shore",
        "name": "Made-Up Shore",
        "client_id": "leeward",
        "secret": "s",
        "settings": {
            "server_url": f"http://127.0.0.1:{server.server_port}",
            "agency": agency.name,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [named], "SCOPE": ["openid"]}}
    there = ModuleType("addresses_with_a_provider")
    there.urlpatterns = urls.urlpatterns + urls.agency_patterns
    settings.ROOT_URLCONF = there
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def through(client, **asked):
    """To the provider and back."""
    away = client.get(reverse("openid_connect_login", kwargs=GO), asked)
    assert urlsplit(away.url).path == "/ask"
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    back = reverse("openid_connect_callback", kwargs=GO)
    return client.get(back, {"code": "c", "state": state})


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def linked(provider, client, wren):
    """Wren, who has started through the provider."""
    client.post(reverse("start_link", kwargs={"secret": invite(by=SYSTEM, worker=wren)}))
    assert b"Made-Up Shore" in client.get(reverse("start")).content
    assert through(client).status_code == 302
    assert client.session["_auth_user_id"] == str(wren.pk)
    return client


def test_without_a_provider_there_is_no_address_for_it(client):
    assert "openid_connect_login" not in {each.name for each in urls.urlpatterns}
    assert client.get("/start/agency/shore/").status_code == 404


def test_a_stranger_whom_the_provider_knows_gets_no_account(provider, client, wren):
    before = Worker.objects.count()
    refused = through(client)
    assert refused.status_code == 403
    assert not is_in(client)
    assert Worker.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert AuditRow.objects.latest("id").outcome == "failed"


def test_an_invited_worker_is_linked_and_signs_in_again_later(linked, wren):
    assert AuditRow.objects.filter(action="worker.accept_invitation").count() == 1
    linked.post(reverse("account_logout"))
    assert b"Made-Up Shore" in linked.get(reverse("account_login")).content
    assert through(linked).url == reverse("home")
    assert is_in(linked)
    held = SocialAccount.objects.get()
    assert (held.user, held.uid, held.extra_data) == (wren, "number-7", {})


def test_it_is_in_place_of_the_password_and_not_of_the_second_step(linked, wren):
    Authenticator.objects.create(user=wren, type="totp", data={"sealed": "", "used": 0})
    linked.post(reverse("account_logout"))
    assert through(linked).url == reverse("mfa_authenticate")
    assert not is_in(linked)


def test_an_invitation_of_another_agency_is_not_used_up(provider, client, outsider):
    secret = invite(by=SYSTEM, worker=outsider)
    client.post(reverse("start_link", kwargs={"secret": secret}))
    assert b"Made-Up Shore" not in client.get(reverse("start")).content
    assert through(client).status_code == 403
    assert client.get(reverse("start")).status_code == 200


def test_somebody_elses_invitation_in_another_browser_links_nobody(provider, client, wren):
    Client().post(reverse("start_link", kwargs={"secret": invite(by=SYSTEM, worker=wren)}))
    assert through(client).status_code == 403


def test_whoever_left_stays_out(linked, wren):
    Worker.objects.filter(pk=wren.pk).update(is_active=False)
    end_all_sessions(by=SYSTEM, worker=wren)
    assert through(linked).status_code == 403
    assert linked.get(reverse("home")).status_code == 302


def test_a_reset_takes_the_link_away(linked, wren):
    reset_sign_in(by=SYSTEM, worker=wren)
    assert not SocialAccount.objects.exists()


def test_nobody_links_an_account_to_an_open_session(provider, desk):
    assert through(desk, process="connect").status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("answer", [{}, {"error": "access_denied"}, {"code": "c", "state": "x"}])
def test_an_answer_that_nobody_asked_for_is_refused(provider, client, answer):
    back = reverse("openid_connect_callback", kwargs=GO)
    assert client.get(back, answer).status_code == 403
    assert not is_in(client)


def test_a_provider_that_does_not_answer_is_a_plain_refusal(provider, client, settings):
    named = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    named["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.get(reverse("openid_connect_login", kwargs=GO)).status_code == 403
