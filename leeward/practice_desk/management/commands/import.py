# The word that people type is no name for a module; nothing but Django looks for it.
# ruff: noqa: N999
"""`leeward import FILE`: a large caseload, by the parser, rules and audit of the pages."""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.access.actors import Actor, actor_for
from leeward.access.boundary import within
from leeward.access.rules import NotAllowed
from leeward.accounts.models import Agency, Worker
from leeward.concerns.caseload.mapping import (
    Chosen,
    Said,
    blank_rows,
    chosen_from,
    guess_columns,
    guess_heading,
    said_by,
)
from leeward.concerns.caseload.sheets import Table, Unreadable, read_table
from leeward.concerns.importing import actions
from leeward.concerns.importing.forms import FAULTS, UNREADABLE
from leeward.concerns.importing.queries import column_letters
from leeward.concerns.importing.running import go_on
from leeward.concerns.models import Import, ImportRow
from leeward.core.agency_time import today


class Command(BaseCommand):
    """Tries a file, or takes it in; goes on with what was stopped."""

    help = (
        "Bring in the young people of a CSV or XLSX file. Without --go nothing is written: every"
        " fault is printed by row and column. Without --mapping a mapping to look at is printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, for whom, by whom, where its columns go."""
        parser.add_argument("file", help="a CSV or XLSX file, at most 10 megabytes")
        parser.add_argument("--agency", required=True, help="the agency's name")
        parser.add_argument("--by", required=True, help="the name an intake worker signs in with")
        parser.add_argument("--mapping", help="a JSON file: where each column goes")
        parser.add_argument("--go", action="store_true", help="open the files")
        parser.add_argument("--resume", metavar="ID", help="go on with an import that was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what cannot be; else try it, or take it in."""
        table = self._table(Path(options["file"]))
        agency = Agency.objects.filter(name=options["agency"]).first()
        worker = Worker.objects.filter(
            agency=agency, username=options["by"], is_active=True
        ).first()
        if agency is None or worker is None:
            raise CommandError("There is no such agency, or nobody of that name works there.")
        if not options["mapping"]:
            self._propose(table)
            return
        chosen = self._chosen(Path(options["mapping"]))
        with within(agency.pk):
            faulty = self._try(table, chosen)
            if options["go"]:
                try:
                    self._take(actor_for(worker), table, chosen, options["resume"])
                except NotAllowed as fault:
                    raise CommandError("This worker's role may not import.") from fault
            elif faulty:
                self.stdout.write("Nothing was written. Mend these, or leave them with --go.")

    def _table(self, path: Path) -> Table:
        try:
            return read_table(path.read_bytes())
        except OSError as fault:
            raise CommandError(f"This file cannot be opened: {fault.strerror}.") from fault
        except Unreadable as fault:
            raise CommandError(str(UNREADABLE[fault.why])) from fault

    def _propose(self, table: Table) -> None:
        heading = guess_heading(table)
        columns = [
            {"goes": goes.value if goes else "out", "style": "ymd"}
            for goes in guess_columns(table, heading)
        ]
        self.stdout.write(json.dumps({"heading": heading, "columns": columns}, indent=1))

    def _chosen(self, path: Path) -> Chosen:
        try:
            return chosen_from(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as fault:
            raise CommandError(f"--mapping cannot be used: {fault}") from fault

    def _try(self, table: Table, chosen: Chosen) -> int:
        """Print every fault by row and column. Returns how many rows have one."""
        faulty = total = 0
        for said in said_by(table, chosen, today()):
            total += 1
            faulty += bool(said.faults)
            self._say_faults(said)
        empty = blank_rows(table, chosen)
        self.stdout.write(f"{total} rows, {faulty} with faults, {empty} empty rows between them.")
        for each in table.other_sheets:
            self.stdout.write(f"Another sheet was not read: {each}")
        return faulty

    def _say_faults(self, said: Said) -> None:
        for at, why in said.faults:
            where = f", column {column_letters(at)}" if at is not None else ""
            self.stdout.write(f"row {said.number}{where}: {FAULTS[why]}")
        for at in said.merged:
            self.stdout.write(
                f"row {said.number}, column {column_letters(at)}: a merged cell stands here too"
            )

    def _take(self, by: Actor, table: Table, chosen: Chosen, resume: str | None) -> None:
        run = self._run(by, table, chosen, resume)
        self.stdout.write(f"If this stops, go on with: --resume {run.pk}")
        waiting = run.rows.filter(state=ImportRow.State.WAITING, number__gt=chosen.heading)
        with tqdm(total=waiting.count(), unit=" rows", file=sys.stderr) as bar:
            stumbled = go_on(by, run, progress=bar.update)
        self._tell(run, chosen)
        if stumbled:
            told = ", ".join(str(each) for each in stumbled)
            raise CommandError(f"These rows could not be taken in; they wait as they came: {told}")

    def _run(self, by: Actor, table: Table, chosen: Chosen, resume: str | None) -> Import:
        if not resume:
            return actions.choose(by=by, run=actions.begin(by=by, table=table), chosen=chosen)
        try:
            return actions.read_import(by=by, import_id=uuid.UUID(resume))
        except (Import.DoesNotExist, ValueError) as fault:
            raise CommandError("There is no such import of this worker.") from fault

    def _tell(self, run: Import, chosen: Chosen) -> None:
        rows = run.rows.filter(number__gt=chosen.heading)
        for state, words in ImportRow.State.choices:
            self.stdout.write(f"{words}: {rows.filter(state=state).count()}")
        self.stdout.write(
            "Decide about those alike, and end it, on the page “Bring in a caseload”: its rows"
            " stay sealed until then."
        )
