"""Where each kind of notice leads: the name of a page, and the id in its address that `about` is.

Apps below register kinds and know no addresses; a kind that is not here leads nowhere and is only
read.
"""

from django.urls import reverse

from leeward.notices.models import Notice

LEADS_TO: dict[str, tuple[str, str]] = {}


def address_of(notice: Notice) -> str:
    """The page on which to do what the notice asks; empty when it is only to be read."""
    found = LEADS_TO.get(notice.kind)
    if found is None:
        return ""
    name, takes = found
    return reverse(name, kwargs={takes: notice.about} if takes else {})
