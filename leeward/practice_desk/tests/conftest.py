"""A worker's telephone and device, for the tests of the second step."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from leeward.practice_desk.tests.signing_in import PAPER, set_up_app, set_up_passkey, sign_in


@pytest.fixture
def asked(settings):
    """Everybody needs a second factor, as outside tests."""
    settings.LEEWARD_SECOND_FACTOR = True


@pytest.fixture
def clock(monkeypatch):
    """Moves the time of codes on by half minutes, so that each is a new one."""
    began, moved = time.time(), [0]
    monkeypatch.setattr(totp.time, "time", lambda: began + moved[0])

    def on(steps=1):
        moved[0] += 30 * steps

    return on


@pytest.fixture
def with_app(client, wren, clock):
    """Wren has an app. Answers its secret, ten codes on paper, and a browser signed out."""
    sign_in(client)
    secret, done = set_up_app(client)
    client.post(reverse("account_logout"))
    clock()
    return secret, PAPER.findall(done.content.decode())


@pytest.fixture
def with_passkey(client, wren):
    sign_in(client)
    device, _done = set_up_passkey(client)
    client.post(reverse("account_logout"))
    return device
