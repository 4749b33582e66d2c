"""What concerns tell the floors below. Imported once, when every app is loaded."""

import uuid
from functools import partial

from django.db import transaction

from leeward.concerns.models import Concern, ConcernNews, ConcernSource, Referral
from leeward.keeping import erasers
from leeward.sealing import keyring


def erase(person_id: uuid.UUID) -> int:
    """Every concern that went into one person's file, who said it, and the keys of both."""
    theirs = list(Concern.objects.filter(person_id=person_id).values_list("pk", flat=True))
    if theirs:
        # Once the rows are gone for good; a key cannot come back.
        transaction.on_commit(partial(keyring.destroy_keys, theirs))
    return erasers.remove(
        ConcernSource.objects.filter(concern__in=theirs),
        Referral.objects.filter(concern__in=theirs),
        ConcernNews.objects.filter(concern__in=theirs),
        Concern.objects.filter(pk__in=theirs),
    )


erasers.register("concerns", erase)
