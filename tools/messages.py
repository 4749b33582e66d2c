"""French words of the pages: `python tools/messages.py compile|check|extract`.

`compile` makes what Django reads, and needs nothing but Python. `extract` and `check` read the
source with gettext's own programs. `check` exits 1 on any string without French, on a fuzzy one,
on one that nothing uses any more, and on French that is not set as French.
"""

import argparse
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.core.management import CommandError, call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale") / "fr" / "LC_MESSAGES" / "django.po"
# Where strings for people are written.
SOURCES = ("leeward", "config")
NOT_SOURCES = shutil.ignore_patterns("tests", "migrations", "static", "__pycache__", "fonts")
# The day it was made says nothing that the history does not, and changes every time.
NOT_KEPT = ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To")
# A straight apostrophe; a mark of French punctuation after an ordinary space, or quotation marks
# that hold one.
NOT_FRENCH = re.compile(r"'| [:;?!»]|\w[:;?!](?=\s|$)|[^\u00a0]»|«[^\u00a0]")
_TAG = re.compile(r"<[^>]*>")


class Extract(makemessages.Command):
    """Django's own, which also knows the name under which a module may import a second gettext."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]


def extracted(into: Path) -> polib.POFile:
    """The catalogue as the source now asks for it, made in the empty folder `into`."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, into / name, ignore=NOT_SOURCES)
    (into / CATALOGUE).parent.mkdir(parents=True)
    if (ROOT / CATALOGUE).exists():
        shutil.copy(ROOT / CATALOGUE, into / CATALOGUE)
    said = io.StringIO()
    try:
        with contextlib.chdir(into):
            call_command(
                Extract(stdout=said, stderr=said),
                locale=["fr"],
                no_obsolete=True,
                no_wrap=True,
                add_location="file",
                verbosity=0,
            )
    except CommandError as fault:
        sys.exit(f"makemessages failed.\n{said.getvalue()}{fault}")
    return polib.pofile(str(into / CATALOGUE), wrapwidth=0)


def faults(wanted: polib.POFile, kept: polib.POFile) -> Iterator[str]:
    """What stands between the kept catalogue and a complete one, a line each."""
    held = {(each.msgctxt, each.msgid): each for each in kept if not each.obsolete}
    asked = {(each.msgctxt, each.msgid) for each in wanted}
    for each in wanted:
        entry = held.get((each.msgctxt, each.msgid))
        where = ", ".join(sorted({at for at, _line in each.occurrences}))
        if entry is None:
            yield f"missing: {each.msgid!r} ({where})"
        elif entry.fuzzy:
            yield f"fuzzy: {each.msgid!r} ({where})"
        elif not entry.translated():
            yield f"empty: {each.msgid!r} ({where})"
    for each in kept:
        if each.obsolete or (each.msgctxt, each.msgid) not in asked:
            yield f"no longer used: {each.msgid!r}"
        elif any(NOT_FRENCH.search(_TAG.sub("", text)) for text in _french(each)):
            yield f"spaces or apostrophe: {' / '.join(_french(each))!r}"


def _french(entry: polib.POEntry) -> list[str]:
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def check() -> int:
    """Print every fault. Returns 1 when there is one."""
    kept = ROOT / CATALOGUE
    with tempfile.TemporaryDirectory() as folder:
        wanted = extracted(Path(folder))
    lines = list(faults(wanted, polib.pofile(str(kept)) if kept.exists() else polib.POFile()))
    if kept.exists():
        command = ["msgfmt", "--check-format", "--output-file=/dev/null", str(kept)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines += done.stderr.splitlines()
    for line in lines:
        print(line)
    print(f"French: {len(wanted)} strings, {len(lines)} faults")
    return 1 if lines else 0


def extract() -> int:
    """Bring the kept catalogue up to date with the source."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = extracted(Path(folder))
    for name in NOT_KEPT:
        wanted.metadata.pop(name, None)
    (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    wanted.save(str(ROOT / CATALOGUE))
    return 0


def compile_all(root: Path) -> int:
    """Compile every catalogue under `root`/locale that is newer than its compiled form.

    Returns how many were compiled. Each is put in place whole, so that several processes may do
    this at once and none reads half of one.
    """
    done = 0
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
            partial = compiled.with_suffix(f".{os.getpid()}.part")
            polib.pofile(str(source)).save_as_mofile(str(partial))
            partial.replace(compiled)
            done += 1
    return done


def _compile() -> int:
    compile_all(ROOT)
    return 0


JOBS = {"compile": _compile, "check": check, "extract": extract}


def main(arguments: list[str]) -> int:
    """Do one job. Returns the exit code: 0 done, 1 faults found; argparse exits 2."""
    parser = argparse.ArgumentParser(
        prog="messages.py", description="The French words of the pages."
    )
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    jobs.add_parser("compile", help="compile locale/*/LC_MESSAGES/*.po where it has changed")
    jobs.add_parser("check", help="exit 1 on a missing, fuzzy, empty or unused French string")
    jobs.add_parser("extract", help="bring the French catalogue up to date with the source")
    return JOBS[parser.parse_args(arguments).job]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
