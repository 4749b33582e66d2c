"""Whoever is at the sign-in page, as the audit names them."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SigningIn:
    """Whoever is at the sign-in page; nobody yet, when the name or password was wrong."""

    kind: str = "worker"
    id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
