"""What drafts are called, and the page that each belongs to."""

import re
import uuid

from django.urls import reverse

ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A name alone, or a name and the id of what the form is about: the page, and what it asks for.
PAGES = {"record": "record", "circle": "add_tie"}
PAGES_OF = {
    "correct": ("correct", "note_id"),
    "tie": ("change_tie", "tie_id"),
    "push": ("push_back", "tie_id"),
}
# About nobody's file yet.
CONCERN = "concern"
NAME = re.compile(rf"(?:{'|'.join(PAGES)})|(?:{'|'.join(PAGES_OF)})-{ID}")


def page_of(form: str, person_id: uuid.UUID | None) -> str | None:
    """The address of the page with this form, about this young person or about nobody yet; None
    for no such form."""
    if person_id is None:
        return reverse("concern_take") if form == CONCERN else None
    if not NAME.fullmatch(form):
        return None
    kind, _dash, of = form.partition("-")
    if not of:
        return reverse(PAGES[kind], args=[person_id])
    page, asks = PAGES_OF[kind]
    return reverse(page, kwargs={"person_id": person_id, asks: uuid.UUID(of)})
