"""How a file is received: in memory, up to a limit, and never on a disk in the clear."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

# What a form adds around the file.
AROUND = 64 * 1024


class InMemoryOnly(MemoryFileUploadHandler):
    """Takes a file into memory, and stops taking at the limit: `request.upload_too_large` then."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Whatever length is announced, the bytes are counted as they come."""
        self.activated = True
        self.taken = 0
        self._too_large(False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count, and keep. Raises StopUpload over the limit."""
        self.taken += len(raw_data)
        if self.taken > settings.LEEWARD_DOCUMENT_BYTES + AROUND:
            self._too_large(True)
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def _too_large(self, is_so: bool) -> None:
        if self.request is not None:
            self.request.upload_too_large = is_so  # type: ignore[attr-defined]
