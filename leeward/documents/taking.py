"""From bytes that somebody sent to a clean copy that may be kept, or the reason why not."""

from dataclasses import dataclass

from django.conf import settings

from leeward.documents.apart import cleaned_pdf
from leeward.documents.rules import Media, media_of, plain_text
from leeward.documents.scanning import scan


@dataclass(frozen=True)
class Clean:
    """A copy that may be kept."""

    media: Media
    data: bytes
    pictures: int
    scanned: bool


def take(data: bytes) -> Clean:
    """A clean copy of `data`, scanned where there is a scanner. Raises rules.Refused.

    It may take seconds, so it is done before a transaction and not in one.
    """
    media = media_of(data, settings.LEEWARD_DOCUMENT_BYTES)
    scanned = scan(data)
    if media == "pdf":
        copy, pictures = cleaned_pdf(data)
    else:
        copy, pictures = plain_text(data).encode(), 0
    return Clean(media, copy, pictures, scanned)
