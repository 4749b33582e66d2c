"""Agencies' own sign-ins, as django-allauth takes them from the settings."""

import json
import os
from pathlib import Path
from typing import Any


def providers() -> list[dict[str, Any]]:
    """Agencies' own sign-ins (OpenID Connect), from the JSON file that LEEWARD_OIDC names, if any.

    A list of objects: id, name, agency (as Leeward names it), issuer, client_id, secret.
    """
    if not (path := os.environ.get("LEEWARD_OIDC")):
        return []
    return [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {"server_url": one["issuer"], "agency": one["agency"]},
        }
        for one in json.loads(Path(path).read_text(encoding="utf-8"))
    ]
