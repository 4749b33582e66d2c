"""Agencies' own sign-ins (OpenID Connect), as the settings name them; mostly there are none."""

from typing import Any

from django.conf import settings


def agency_sign_ins(agency: str = "") -> list[dict[str, Any]]:
    """The providers there are, or an agency's by its name: `provider_id` and `name` of each."""
    every: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [one for one in every if not agency or agency_of(one) == agency]


def agency_of(provider: dict[str, Any]) -> str:
    """The name of the agency whose workers a provider knows."""
    return str(provider["settings"]["agency"])
