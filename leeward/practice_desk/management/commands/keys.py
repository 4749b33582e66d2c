"""`leeward keys`: look at the keys, turn them over, split and join the recovery copy."""

import datetime as dt
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from leeward.access.actors import SYSTEM
from leeward.audit.actions import record
from leeward.people.reindexing import reindex, to_reindex
from leeward.sealing import keysets, shares, state, turning
from leeward.sealing.models import KeyTurn
from leeward.sealing.providers import KeyFile, KeyInEnvironment, provider

NO_COPY = (
    "The key is kept by {kind}, which does not hand it out. Make its recovery copy with its own"
    " means."
)
HANDS_IT_OUT = (KeyFile, KeyInEnvironment)


class Command(BaseCommand):
    """Everything an officer does with keys. Each change is in the audit."""

    help = "Look at the keys, turn them over, split and join their recovery copy."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word for each thing to do."""
        words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
        words.add_parser("status", help="what there is of keys, and what is left to turn over")
        rotate = words.add_parser(
            "rotate", help="turn the keys over, while pages are served; goes on where it was left"
        )
        rotate.add_argument(
            "--deep", action="store_true", help="new keys for everybody, and all sealed again"
        )
        words.add_parser("split", help="print the recovery copy as two shares, for two officers")
        words.add_parser("join", help="put the key back from both shares (typed, or from a pipe)")
        words.add_parser("reindex", help="rebuild the search tokens of every name")
        words.add_parser("new", help="print a value for LEEWARD_KEY; with one set, its next value")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the word says."""
        does: dict[str, Callable[[dict[str, Any]], None]] = {
            "status": self._status,
            "rotate": self._rotate,
            "split": self._split,
            "join": self._join,
            "reindex": self._reindex,
            "new": self._new,
        }
        word = options["word"]
        if word in {"status", "rotate", "reindex"} and not state.there_is_a_keyring():
            raise CommandError("There is no keyring here. Run `leeward migrate` first.")
        does[word](options)

    # --- Status -------------------------------------------------------------------------------

    def _status(self, _options: dict[str, Any]) -> None:
        found = turning.status()
        lines = [
            f"key-encryption key  {settings.LEEWARD_KEY_PROVIDER}, version {found.version}",
            f"agencies            {found.agencies}, {found.older_agencies} under an older version",
            f"keys of people      {found.holders}, {found.older_holders} under an older key",
            f"last turned over    {_day(found.turned_at)}",
        ]
        if found.unfinished:
            lines.append(
                f"A turn begun on {_day(found.unfinished.begun_at)} is not done: run `leeward keys"
                " rotate` to go on with it."
            )
        self.stdout.write("\n".join(lines))

    # --- Rotate -------------------------------------------------------------------------------

    def _rotate(self, options: dict[str, Any]) -> None:
        turn = turning.unfinished()
        if turn:
            self.stdout.write(f"Going on with the turn begun on {_day(turn.begun_at)}.")
            self._turn(turn, options)
            if turn.deep or not options["deep"]:
                return
        self._turn(turning.begin(deep=options["deep"]), options)

    def _turn(self, turn: KeyTurn, options: dict[str, Any]) -> None:
        note("keys.rotate", f"turn {turn.pk} {'deep' if turn.deep else ''}")
        quiet = options["verbosity"] == 0
        for step in turning.steps(turn):
            with tqdm(total=step.total, unit=f" {step.name}", disable=quiet) as bar:
                for done in step.work:
                    bar.update(done)
        note("keys.rotated", f"turn {turn.pk}")
        left = turning.status()
        self.stdout.write(
            "The keys are turned over."
            + (" Everything is sealed again under them." if turn.deep else "")
        )
        if left.older_agencies or left.older_holders:
            self.stdout.write(
                f"{left.older_agencies} agencies and {left.older_holders} keys did not open and"
                " stay as they were."
            )
        if isinstance(provider(), HANDS_IT_OUT):
            self.stdout.write(
                "The recovery copy is now an older one: run `leeward keys split` and replace it."
            )

    # --- Split and join -----------------------------------------------------------------------

    def _split(self, _options: dict[str, Any]) -> None:
        key = provider()
        if not isinstance(key, HANDS_IT_OUT):
            raise CommandError(NO_COPY.format(kind=settings.LEEWARD_KEY_PROVIDER))
        pair = shares.split(keysets.as_bytes(key.recovery_copy()))
        if state.there_is_a_keyring():
            note("keys.split", pair[0].words)
        for share in pair:
            self.stdout.write(share.as_text())
            self._turn_away(share.number)
        self.stdout.write(
            "Neither is kept anywhere, and both are needed. Give each to one officer, on paper."
        )

    def _turn_away(self, number: int) -> None:
        if not sys.stdin.isatty():
            self.stdout.write("")
            return
        input(f"Officer {number}: write it down, then press Enter. It will not be shown again. ")
        # Clears the screen and what was scrolled past.
        self.stdout.write("\x1b[3J\x1b[H\x1b[2J", ending="")

    def _join(self, _options: dict[str, Any]) -> None:
        if settings.LEEWARD_KEY_PROVIDER not in {"file", "environment"}:
            raise CommandError(NO_COPY.format(kind=settings.LEEWARD_KEY_PROVIDER))
        try:
            held = shares.join(self._typed("One share"), self._typed("The other share"))
            handle = keysets.from_bytes(held)
        except (shares.NotAShare, keysets.Fault) as fault:
            raise CommandError(f"{fault} Nothing was written.") from fault
        if settings.LEEWARD_KEY_PROVIDER == "environment":
            self.stdout.write(keysets.as_text(handle))
            return
        key = KeyFile()
        try:
            key.put_back(handle)
        except FileExistsError as fault:
            raise CommandError(
                f"There is a key at {key.path} already. Move it away first if it is the wrong one;"
                " nothing was written over it."
            ) from fault
        self.stdout.write(
            f"The key is back at {key.path}. Run `leeward restore` next, or `leeward migrate`."
        )

    def _typed(self, which: str) -> shares.Share:
        if sys.stdin.isatty():
            self.stderr.write(f"{which}, then an empty line:")
        lines: list[str] = []
        for line in sys.stdin:
            if not line.strip() and lines:
                break
            if line.strip():
                lines.append(line)
        return shares.read("\n".join(lines))

    # --- Reindex and new ----------------------------------------------------------------------

    def _reindex(self, options: dict[str, Any]) -> None:
        quiet = options["verbosity"] == 0
        changed = 0
        with tqdm(total=to_reindex(), unit=" people", disable=quiet) as bar:
            for seen, renewed in reindex():
                bar.update(seen)
                changed += renewed
        note("keys.reindex")
        self.stdout.write(f"The search tokens of {changed} people were renewed.")

    def _new(self, _options: dict[str, Any]) -> None:
        environment = KeyInEnvironment()
        handle = keysets.make(keysets.SEALING)
        if environment.exists():
            handle = keysets.with_new_primary(environment.recovery_copy(), keysets.SEALING)
        self.stdout.write(keysets.as_text(handle))


def note(action: str, purpose: str = "") -> None:
    """One audit row for what was done with the keys."""
    with transaction.atomic():
        record(by=SYSTEM, action=action, purpose=purpose.strip())


def _day(when: dt.datetime | None) -> str:
    return when.date().isoformat() if when else "never"
