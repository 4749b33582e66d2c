from typing import ClassVar

from django.db import models

from leeward.core.ids import new_id
from leeward.sealing.fields import SealedJSON


class Draft(models.Model):
    """What one worker has typed into one form and not yet saved."""

    # Saved or thrown away, it is gone (access.policies).
    removable = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.UUIDField()
    agency_id = models.UUIDField()
    subject_id = models.UUIDField(null=True)
    # Long enough for `correct-` and the id of a note.
    form = models.CharField(max_length=60)
    typed = SealedJSON("sensitive")
    # Grows with every save, so that two windows on one form never overwrite each other unseen.
    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    plain_fields: ClassVar = frozenset(
        "id owner_id agency_id subject_id form version started_at saved_at".split()
    )
    # What is typed about somebody goes when their key goes; about nobody yet, it stands alone.
    holder: ClassVar = "subject_id id"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_id", "form", "subject_id"], name="one_draft_per_form_and_subject"
            ),
            # SQLite has no NULLS NOT DISTINCT, so a form about nobody yet has its own.
            models.UniqueConstraint(
                fields=["owner_id", "form"],
                condition=models.Q(subject_id__isnull=True),
                name="one_draft_per_form_about_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} draft"
