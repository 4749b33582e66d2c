"""What requests tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers, sources
from leeward.observations.sources import register
from leeward.requests.copying import (
    about_parts,
    away_parts,
    concern_parts,
    meeting_parts,
    note_parts,
    own_parts,
    sharing_parts,
)
from leeward.requests.copying.lines import register as add_part
from leeward.requests.models import (
    Answer,
    Copy,
    Decision,
    Extension,
    FileRequest,
    Looked,
    Preparation,
    Statement,
)
from leeward.requests.queries import as_entries


def erase(person_id: uuid.UUID) -> int:
    """What one person asked, how it was answered, and what was kept of a copy."""
    about = (Statement, Answer, Extension, Copy, Decision, Looked, Preparation, FileRequest)
    return erasers.remove(*(model.objects.filter(person_id=person_id) for model in about))


def holds(person_id: uuid.UUID) -> bool:
    """A file that somebody asked about is kept while that waits for its answer."""
    return FileRequest.objects.open().filter(person_id=person_id).exists()


register(timeline=as_entries)
sources.register(also_held=holds)
erasers.register("requests", erase)
OF_THE_FILE = (
    about_parts,
    away_parts,
    note_parts,
    own_parts,
    meeting_parts,
    sharing_parts,
    concern_parts,
)
for _part in (each for parts in OF_THE_FILE for each in parts.PARTS):
    add_part(_part)
