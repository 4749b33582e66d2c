"""`leeward audit`: seal the log, prove it, say its public key, trace a printed copy."""

import contextlib
import json
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.accounts.models import Agency, Worker
from leeward.audit import actions as audit
from leeward.audit.models import INSTALLATION
from leeward.audit.queries import printed_as
from leeward.audit.sealer import Background, seal
from leeward.audit.traces import NotATrace, as_kept, as_printed
from leeward.audit.verify import Fault, Report, verify
from leeward.practice_desk.management.sealing import every_tree
from leeward.sealing.signing import NotAKey, public_key

TAMPERED, MISUSED = 1, 2
IN_WORDS = {
    "edited": "row edited",
    "removed": "row removed",
    "inserted": "row inserted",
    "reordered": "rows put in another order",
    "head": "signed heads do not hold",
    "tree": "summary changed",
}


class Command(BaseCommand):
    help = "Seal the log, prove that nobody changed it, or trace a printed copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
        sealing = parts.add_parser("seal", help="put new rows into their agency's tree, and sign")
        sealing.add_argument("--every", type=float, help="go on every so many seconds")
        proving = parts.add_parser("verify", help="compute it all again; 0 clean, 1 tampered with")
        proving.add_argument("--head", type=Path, help="heads that were kept elsewhere")
        proving.add_argument("--key", type=Path, help="the public key that was kept elsewhere")
        proving.add_argument("--json", action="store_true", help="print JSON")
        parts.add_parser("key", help="print the public key: keep it somewhere else")
        tracing = parts.add_parser("trace", help="who printed a copy, and when")
        tracing.add_argument("code", help="the letters at the foot of the page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one part. What cannot be done for want of a key is said plainly."""
        try:
            getattr(self, f"_{options['part']}")(options)
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault), returncode=MISUSED) from fault

    def _key(self, _options: dict[str, Any]) -> None:
        self.stdout.write(public_key(settings.LEEWARD_AUDIT_SIGNING_KEY), ending="")

    def _seal(self, options: dict[str, Any]) -> None:
        self._seal_once()
        every = options["every"]
        if every is None:
            return
        background = Background(every_tree)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(max(every, 0))
                background.round()

    def _seal_once(self) -> None:
        done = seal(every_tree())
        self.stdout.write(f"{done.rows} rows sealed, {done.heads} heads signed.")
        self.stdout.flush()
        if done.delivery.fault:
            self.stderr.write(
                f"{done.delivery.waiting} heads wait for the webhook: {done.delivery.fault}."
                " They are tried again the next time."
            )

    def _verify(self, options: dict[str, Any]) -> None:
        heads, kept = options["head"], options["key"]
        try:
            for given in (each for each in (heads, kept) if each):
                given.open("rb").close()
            pem = (
                kept.read_text(encoding="ascii", errors="replace")
                if kept
                else public_key(settings.LEEWARD_AUDIT_SIGNING_KEY)
            )
            report = verify(
                every_tree(),
                heads=heads or settings.LEEWARD_AUDIT_HEADS,
                pem=pem,
                saved_elsewhere=heads is not None,
            )
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be read.", returncode=MISUSED) from fault
        except NotAKey as fault:
            raise CommandError(
                "--key holds no public key. Use what `leeward audit key` printed.",
                returncode=MISUSED,
            ) from fault
        said = json.dumps(report.as_json(), indent=1) if options["json"] else self._told(report)
        self.stdout.write(said)
        if report.faults:
            sys.exit(TAMPERED)

    def _told(self, report: Report) -> str:
        names = dict(Agency.objects.values_list("pk", "name"))
        speed = report.as_json()["rows_per_second"]
        lines = [self._fault(each, names) for each in report.faults]
        proved = f"Rows: {report.rows}, trees: {report.trees}, signed heads: {report.heads}."
        lines += [f"{proved} {speed:,} rows a second."]
        if report.waiting:
            lines += [f"{report.waiting} new rows are not sealed yet: run `leeward audit seal`."]
        if not report.heads:
            lines += [
                "There are no signed heads: an owner of the database could still rewrite it."
            ]
        if not report.rows:
            lines += ["Nothing is proved yet."]
        elif not report.faults:
            lines += ["Clean: nothing was edited, removed, inserted or put in another order."]
        return "\n".join(lines)

    @staticmethod
    def _fault(fault: Fault, names: dict[uuid.UUID, str]) -> str:
        where = []
        if fault.agency:
            where += [names.get(fault.agency, f"agency {fault.agency}")]
        if fault.agency == INSTALLATION:
            where = ["this installation"]
        if fault.agency and fault.position is not None:
            where += [f"position {fault.position}"]
        if fault.row is not None:
            where += [f"row {fault.row}"]
        return f"TAMPERED: {IN_WORDS[fault.what]}: {', '.join(where)}. {fault.why}".replace(
            ": . ", ": "
        )

    def _trace(self, options: dict[str, Any]) -> None:
        try:
            code = as_kept(options["code"])
        except NotATrace as fault:
            raise CommandError(
                "That is no code of a copy: eight letters, as BCDF-GHJK.", returncode=MISUSED
            ) from fault
        rows = list(printed_as(code))
        with transaction.atomic():
            # Asking is an act too; each file whose printing is told is named.
            audit.record(
                by=SYSTEM,
                action="audit.trace",
                shown=[row.subject_id for row in rows if row.subject_id],
            )
        if not rows:
            raise CommandError(f"No copy was printed with {as_printed(code)}.")
        workers = Worker.objects.select_related("agency").in_bulk(
            [row.actor_id for row in rows if row.actor_id]
        )
        for row in rows:
            who = workers.get(row.actor_id) if row.actor_id else None
            name = f"{who.display_name}, {who.agency.name}" if who else str(row.actor_id)
            at = timezone.localtime(row.at).isoformat(" ", "seconds")
            self.stdout.write(
                f"{as_printed(code)}: printed {at} by {name}. File {row.subject_id}."
            )
