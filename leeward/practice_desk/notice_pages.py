"""Where each kind of notice leads: the name of a page, and the id in its address that `about` is.

Apps below register kinds and know no addresses; a kind that is not here leads nowhere and is only
read.
"""

from django.urls import reverse

from leeward.administration import kinds
from leeward.disclosures.kinds import STOPPED
from leeward.entry.kinds import CODE_ANSWERED, CODE_ASKED
from leeward.legal.kinds import RULE_ANSWERED, RULE_ASKED
from leeward.notices.models import Notice
from leeward.people.covering.kinds import AWAY, COVERS
from leeward.people.standing.kinds import (
    GLASS_BROKEN,
    GLASS_FURTHER,
    LOCK_ENDED,
    SAME_NAME,
    UNUSUAL,
)
from leeward.requests.kinds import ASKED

LEADS_TO: dict[str, tuple[str, str]] = {
    kinds.ASKED.name: ("request", "request_id"),
    kinds.ANSWERED.name: ("requests", ""),
    kinds.LOST.name: ("administration_worker", "worker_id"),
    kinds.HAND_OVER.name: ("hand_over", "worker_id"),
    kinds.YOURS_ENDED.name: ("my_sign_in", ""),
    CODE_ASKED.name: ("space", "person_id"),
    CODE_ANSWERED.name: ("space", "person_id"),
    RULE_ASKED.name: ("rule_change", "change_id"),
    RULE_ANSWERED.name: ("rule_change", "change_id"),
    GLASS_BROKEN.name: ("emergency_review", "broken_id"),
    GLASS_FURTHER.name: ("emergency_review", "broken_id"),
    SAME_NAME.name: ("locks", "person_id"),
    LOCK_ENDED.name: ("locks", "person_id"),
    UNUSUAL.name: ("opening_review", "worker_id"),
    ASKED.name: ("file_requests", "person_id"),
    STOPPED.name: ("sharing", "person_id"),
    COVERS.name: ("covering", ""),
    AWAY.name: ("covering", ""),
    "keeping.approve": ("disposal", "disposal_id"),
}


def address_of(notice: Notice) -> str:
    """The page on which to do what the notice asks; empty when it is only to be read."""
    found = LEADS_TO.get(notice.kind)
    if found is None:
        return ""
    name, takes = found
    return reverse(name, kwargs={takes: notice.about} if takes else {})
