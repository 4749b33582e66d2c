"""How to do everything that may be done with a concern; `acts` joins it to the rest."""

import datetime as dt
from typing import Any

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.concerns import actions as concerns
from leeward.concerns.caseload.mapping import Chosen, Column, Goes
from leeward.concerns.caseload.sheets import read_table
from leeward.concerns.factories import ConcernFactory, ImportFactory
from leeward.concerns.importing import actions as importing
from leeward.concerns.models import ImportRow

DAY = dt.date(2025, 3, 10)
NOTED = concerns.Noted(text="She sleeps at her desk.")


def taken(c):
    """`by` and a concern that they took down."""
    return {"by": c.by, "concern": ConcernFactory(taken_by=Worker.objects.get(pk=c.by.id))}


CHOSEN = Chosen(1, (Column(Goes.NAME),))


def brought(c, **more):
    """`by` and what they brought in."""
    intake = WorkerFactory(agency=c.agency, role="intake")
    return {"by": actor_for(intake), "run": ImportFactory(started_by=intake), **more}


def row_of(c, state="waiting", **more):
    """`by` and a row of what they brought in."""
    given = brought(c)
    row = given["run"].rows.get(number=2)
    ImportRow.objects.filter(pk=row.pk).update(state=state)
    return {"by": given["by"], "row": row, **more}


def rows_of(c):
    """`by`, an import and the rows of it to take."""
    given = row_of(c)
    return {"by": given["by"], "run": given["row"].of, "rows": [given["row"].pk]}


def of_row(c):
    """`by` and the ids of a row."""
    given = row_of(c)
    return {"by": given["by"], "import_id": given["row"].of_id, "row_id": given["row"].pk}


def of_run(c):
    """`by` and the id of an import."""
    given = brought(c)
    return {"by": given["by"], "import_id": given["run"].pk}


DOES: dict[Any, Any] = {
    importing.begin: lambda c: {"by": brought(c)["by"], "table": read_table(b"Name\nTam Sample")},
    importing.choose: lambda c: brought(c, chosen=CHOSEN),
    importing.take_rows: rows_of,
    importing.decide: lambda c: row_of(c, "alike", somebody_else=True),
    importing.end: lambda c: brought(c, leave_out=True),
    concerns.take: lambda c: {
        "by": c.by, "told": concerns.Told("Tamsin Pretend", "She sleeps.", DAY),
    },
    concerns.accept_as_new: lambda c: taken(c) | {"noted": NOTED, "name": "Tamsin"},
    concerns.accept_into: lambda c: taken(c) | {"noted": NOTED, "person": c.person},
    concerns.hand_to_team: lambda c: taken(c) | {"person_id": c.person.pk},
    concerns.send_on: lambda c: taken(c) | {"to_whom": "A society", "why": "It is theirs"},
    concerns.close: lambda c: taken(c) | {"why": "A mistake"},
    concerns.refer: lambda c: taken(c) | {
        "referred": concerns.Referred("A unit", "not_yet", "not_known"),
    },
    concerns.tell_back: lambda c: taken(c) | {"language": "en", "on": DAY},
}  # fmt: skip
READS: dict[Any, Any] = {
    importing.read_imports: lambda c: {"by": brought(c)["by"]},
    importing.read_import: of_run,
    importing.read_row: of_row,
    concerns.read_concerns: lambda c: {"by": c.by},
    concerns.read_concern: lambda c: {"by": c.by, "concern_id": taken(c)["concern"].pk},
    concerns.read_who_said: lambda c: {"by": c.by, "concern_id": taken(c)["concern"].pk},
}
