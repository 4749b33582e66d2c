"""Audit: the append-only record of every read and write. Rows hold references, never content."""
