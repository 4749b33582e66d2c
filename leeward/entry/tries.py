"""Wrong tries of an entry that is held: counting them, waiting, locking."""

from django.utils import timezone

from leeward.entry import rules
from leeward.entry.models import Entry


def count_wrong(entry: Entry) -> bool:
    """One more wrong try, of an entry that is held. Whether it is locked by it."""
    now = timezone.now()
    entry.failures, entry.failed_at = entry.failures + 1, now
    if entry.failures >= rules.MOST_TRIES:
        entry.locked_at = entry.locked_at or now
    entry.save(update_fields=["failures", "failed_at", "locked_at"])
    return entry.locked_at is not None


def must_wait(entry: Entry) -> bool:
    """Whether a try is refused unseen. It is not counted then, right or wrong."""
    if entry.locked_at:
        return True
    if entry.failed_at is None:
        return False
    return timezone.now() - entry.failed_at < rules.wait_after(entry.failures)
