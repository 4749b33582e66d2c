"""Signing in and setting up a second step, as tests do it."""

import re

from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from leeward.audit.models import AuditRow
from tests.device import Device

PASSWORD = "an invented long password"
SIGN_IN = {"login": "wren", "password": PASSWORD}
PAPER = re.compile(r"<code>([2-9a-z]{5}-[2-9a-z]{5})</code>")


def code_of(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1])
    )


def signed_in(client):
    return client.get(reverse("home")).status_code == 200


def sign_in(client, **more):
    return client.post(reverse("account_login"), SIGN_IN | more)


def set_up_app(client):
    """Set an app up on its page. Answers the secret and the page after it."""
    page = client.get(reverse("second_step_app")).content.decode()
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    secret = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)[1].replace(" ", "")
    done = client.post(reverse("second_step_app"), {"sealed": sealed, "code": code_of(secret)})
    return secret, done


def set_up_passkey(client):
    device = Device()
    question = client.post(reverse("passkey_make"), secure=True).json()
    typed = {"credential": device.make(question)}
    return device, client.post(reverse("second_step"), typed, secure=True)


def give_passkey(client, device, to, **more):
    question = client.post(reverse("passkey_ask"), secure=True).json()
    return client.post(reverse(to), {"credential": device.give(question)} | more, secure=True)


def acts():
    rows = AuditRow.objects.filter(action__startswith="worker.").order_by("id")
    return [(row.action, row.outcome) for row in rows]
