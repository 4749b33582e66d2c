"""What relationships tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.keeping.erasers import register, remove
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion


def erase(person_id: uuid.UUID) -> int:
    """The circle of one person: every tie with all that was ever said of it."""
    kinds = (AdvocacyNews, Advocacy, Anchor, TieVersion, Tie)
    return remove(*(kind._base_manager.filter(person_id=person_id) for kind in kinds))


register("relationships", erase)
