from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.core.ids import new_id
from leeward.sealing.fields import SealedText


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, fetched by the file that they are in: whoever may open it may see its list."""

    def of(self, actor: Actor, subject_id: Any) -> Self:
        """Those of one file, which the caller has fetched for this actor; newest first."""
        if actor.agency_id is None:
            return self.none()
        return self.filter(agency_id=actor.agency_id, subject_id=subject_id).order_by(
            "-added_at", "-id"
        )

    def kept(self) -> Self:
        """Those that may still be opened."""
        return self.filter(closed_at__isnull=True)


class Document(models.Model):
    """A cleaned copy of a file that somebody added. Its bytes are sealed, outside the database.

    It is never changed. Once, it may be closed to everyone, which nobody can undo.
    """

    class Media(models.TextChoices):
        PDF = "pdf", _("PDF")
        TEXT = "text", _("plain text")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency_id = models.UUIDField()
    subject_id = models.UUIDField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by_id = models.UUIDField()
    media = models.CharField(max_length=4, choices=Media)
    size = models.PositiveIntegerField()
    pictures_taken_out = models.PositiveIntegerField(default=0)
    scanned = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)
    # When the sealed bytes of a closed document were removed.
    removed_at = models.DateTimeField(null=True)
    # What it is, in the words of whoever added it. The name the file had is not kept.
    what = SealedText("identifying")

    holder: ClassVar = "subject_id"
    plain_fields: ClassVar = frozenset(
        "id agency_id subject_id added_at added_by_id media size pictures_taken_out scanned"
        " closed_at closed_by_id removed_at".split()
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "added_at"], name="document_subject_added"),
            models.Index(fields=["closed_at"], name="document_closed"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(media__in=["pdf", "text"]), name="document_media_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by_id__isnull=True)
                | Q(closed_at__isnull=False, closed_by_id__isnull=False),
                name="document_closing_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(closed_at__isnull=False),
                name="document_only_closed_is_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A document is closed, never deleted by hand.")

    @property
    def is_closed(self) -> bool:
        """Whether it is closed to everyone."""
        return self.closed_at is not None
