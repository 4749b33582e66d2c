"""What every page of My space knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from leeward.core.context import OTHER
from leeward.core.middleware import ASKED_FOR
from leeward.entry.coming_in import Here
from leeward.entry.faces import named, places


def house(request: HttpRequest) -> dict[str, Any]:
    """Where leaving leads, and the same page in the other language."""
    code, name = OTHER["fr" if (get_language() or "en").startswith("fr") else "en"]
    href = f"{request.path}?{ASKED_FOR}={code}"
    # Before anybody is known, the installation's.
    here: Here | None = getattr(request, "here", None)
    leave_to = here.leave_to if here else places()[0]
    return {
        "leave_to": leave_to,
        "leads_to": named(leave_to),
        "other_language": {"code": code, "name": name, "href": href},
    }
