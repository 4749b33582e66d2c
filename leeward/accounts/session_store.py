"""Sessions in the database under a hash of their key, so that a copy of it opens none of them."""

import hashlib
import uuid
from typing import cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from leeward.accounts.models import Session


def kept_as(key: str) -> str:
    """What stands in the database for a session key. The key is random: no salt is needed."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's own, with the key hashed on its way to the database. Leeward serves no async."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Ours, which says whose each session is."""
        return Session

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = self.model.objects.filter(
            session_key=kept_as(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session, ended or not."""
        return self.model.objects.filter(session_key=kept_as(session_key)).exists()

    def create_model_instance(self, data: dict[str, object]) -> Session:
        """The row for this session."""
        row = cast("Session", super().create_model_instance(data))
        row.session_key = kept_as(row.session_key)
        whose = data.get(SESSION_KEY)
        row.worker_id = uuid.UUID(str(whose)) if whose else None
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove this session, or another by its key."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=kept_as(key)).delete()
