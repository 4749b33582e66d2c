"""What every page of My space knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from leeward.core.context import OTHER
from leeward.core.middleware import ASKED_FOR


def house(request: HttpRequest) -> dict[str, Any]:
    """Where leaving leads, and the same page in the other language."""
    code, name = OTHER["fr" if (get_language() or "en").startswith("fr") else "en"]
    href = f"{request.path}?{ASKED_FOR}={code}"
    return {
        "leave_to": settings.LEEWARD_MY_SPACE_LEAVE_TO,
        "other_language": {"code": code, "name": name, "href": href},
    }
