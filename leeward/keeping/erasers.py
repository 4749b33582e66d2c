"""Who holds something of a young person, and how it goes when their file is disposed of.

Apps above register in `AppConfig.ready()`. The last to register stands highest and is run first:
what points at another row goes before that row.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

# Erases everything of one person that it knows of, inside the caller's transaction, and returns
# how many rows or files are gone. Called again for somebody who is gone, it returns 0.
Eraser = Callable[[uuid.UUID], int]

_erasers: dict[str, Eraser] = {}


def register(name: str, eraser: Eraser) -> None:
    """Add an eraser under a name of ours, which the certificate repeats; never a name of anybody.

    Raises ValueError when the name is taken by another.
    """
    if _erasers.setdefault(name, eraser) is not eraser:
        raise ValueError(f"{name} is registered already.")


def erase_all(person_id: uuid.UUID) -> dict[str, int]:
    """Run every eraser, highest floor first. Returns what each removed, by name."""
    return {name: eraser(person_id) for name, eraser in reversed(_erasers.items())}


def remove(*rows: QuerySet[Any]) -> int:
    """Delete these rows, in this order. Returns how many are gone, with those that went along."""
    return sum(each.delete()[0] for each in rows)
