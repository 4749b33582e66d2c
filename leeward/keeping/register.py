"""What keeping tells itself and checks once, when every app is loaded."""

import uuid

from django.conf import settings

from leeward.keeping.erasers import register
from leeward.keeping.models import Hold
from leeward.keeping.rules import check_asked


def erase_holds(person_id: uuid.UUID) -> int:
    """Holds that have ended; one that stands has stopped the disposal long before."""
    gone, _by_model = Hold.objects.filter(person_id=person_id).delete()
    return gone


check_asked(settings.LEEWARD_RETENTION)
register("holds", erase_holds)
