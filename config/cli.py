"""The `leeward` command: one word for everything, Django's own management commands under it."""

import io
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

USAGE = """\
usage: leeward COMMAND [options]

Run it
  demo        open Leeward on an invented agency (--people N --seed S --port P --data DIR)
  serve       serve this installation (--host H --port P --workers N)
  migrate     make or update the database, and its keys the first time
  keys        look at the keys, turn them over, split and join the recovery copy
  found       add an agency and somebody who works there (--agency --username --name)
  watch       ask privacy officers to look where opening of files is unusual (every hour)
  send        tell workers at their own address that something waits (every few minutes)

Look after it
  backup      write the data and the keyring, encrypted, to two places (--to DIR --keys-to DIR)
  restore     put a backup back into an empty installation (DATA KEYRING --identity FILE)
  dispose     carry out the disposals that two people agreed on
  documents   remove closed documents whose days are over (documents sweep)
  breach      whose files somebody opened in a period (--worker --from --to)

Look into it
  audit       prove that nobody changed the log (audit verify), seal it, trace a printed copy
  read        read one record and print what its signs support (RECORD.json, or - for stdin)
  model       check a practice model (leeward model check FILE)
  rules       the rules of law (rules list), and those that apply to a case (rules check CASE.json)
  bench       measure every page against floors taken in the same run
  import      bring in the young people of a spreadsheet (FILE --agency --by --mapping --go)
  populate    fill an empty database with invented people (--people N --seed S)

Any Django command works too (leeward check, leeward shell, ...). Each takes --help.
"""


def _read(arguments: Sequence[str]) -> int:
    from leeward.observations.read_command import main

    return main(list(arguments))


def _model(arguments: Sequence[str]) -> int:
    from leeward.practice_model.check_command import main

    return main(list(arguments))


def _rules(arguments: Sequence[str]) -> int:
    from leeward.law.rules_command import main

    if any(each.partition("=")[0] == "--agency" for each in arguments):
        # What an agency changed is in the database.
        return _django(["rules", *arguments])
    return main(list(arguments))


# These need no database and no Django: they start in an instant.
PURE: dict[str, Callable[[Sequence[str]], int]] = {
    "read": _read,
    "model": _model,
    "rules": _rules,
}

# Commands that take --data, and the folder each uses of its own without it.
OWN_FOLDER = {"demo": "demo", "bench": "bench", "populate": ""}
# Django commands that Leeward does not run, and why.
REFUSED = {
    "flush": "leeward: flush would empty the audit, which is never emptied. Nothing was done.",
    "changepassword": (
        "leeward: changepassword asks no second person and leaves no row in the audit. Ask for a"
        " new sign-in on the pages of administration. Nothing was done."
    ),
}
# Commands that nobody signs in to run: they work for every agency, as the owner of the database.
# Any other, `serve` before all, runs as the role that serves pages, and sees no agency's rows.
AS_OWNER = {
    "audit", "backup", "bench", "breach", "demo", "dispose", "documents", "found", "import",
    "keys", "migrate", "populate", "restore", "rules", "send", "watch",
}  # fmt: skip
# Commands that may be the first to run in a folder.
MAKES_KEYS = {"migrate", "restore", "demo", "populate", "bench", "keys"}


HELP = {"-h", "--help"}
# An officer makes an identity on a machine of their own, where Leeward keeps nothing.
NEEDS_NOTHING = {*HELP, "--new-identity"}


def data_dir() -> Path:
    """Where this installation keeps its database and keys."""
    return Path(os.environ.get("LEEWARD_DATA", Path(__file__).resolve().parent.parent / ".data"))


def make_secret_key(folder: Path) -> None:
    """Make the key that signs cookies, once, readable by the service alone."""
    path = folder / "secret_key"
    if path.exists() or os.environ.get("LEEWARD_SECRET_KEY"):
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))


def _django(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Whatever this makes (database, keys) is for the service's own user alone.
    os.umask(0o077)
    if arguments[0] == "demo":
        os.environ["LEEWARD_DEMO"] = "1"
    if arguments[0] in OWN_FOLDER:
        _take_data_option(arguments)
    alone = NEEDS_NOTHING & {each.partition("=")[0] for each in arguments}
    if alone:
        # It makes nothing here and needs nothing from here.
        os.environ.setdefault("LEEWARD_SECRET_KEY", "signs-nothing-at-all-" * 3)
    elif arguments[0] in MAKES_KEYS:
        make_secret_key(data_dir())
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from leeward.core.boundary import across_agencies, within

    owner = arguments[0] in AS_OWNER
    os.environ["LEEWARD_AS_OWNER"] = "1" if owner else ""
    try:
        with across_agencies() if owner else within(None):
            if owner and not alone:
                _check_sees_all()
            execute_from_command_line(["leeward", *arguments])
    except ImproperlyConfigured as fault:
        print(f"leeward: {fault}", file=sys.stderr)
        return 1
    return 0


def _check_sees_all() -> None:
    """Raise ImproperlyConfigured where PostgreSQL would show this command no row: what it does not
    see, it would take for gone, leave out of a backup, or sweep up."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    django.setup()
    from leeward.access.checks import role_that_sees_too_little

    if role := role_that_sees_too_little():
        raise ImproperlyConfigured(
            f"This command works for every agency, as the owner of the database, and {role} is not"
            " that. Set LEEWARD_OWNER_DATABASE_URL for it (README, Running it on PostgreSQL)."
            " Nothing was done."
        )


def _take_data_option(arguments: Sequence[str]) -> None:
    # Settings are read before the command parses its options, so --data is looked for here.
    folder = str(data_dir() / OWN_FOLDER[arguments[0]])
    for here, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if here == "--data":
            folder = after
        elif here.startswith("--data="):
            folder = here.removeprefix("--data=")
    os.environ["LEEWARD_DATA"] = str(Path(folder).resolve())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when it worked, 1 when it did not, 2 when misused."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(USAGE, end="")
        return 0 if arguments else 2
    for stream in (sys.stdout, sys.stderr):
        # Names take any script; a terminal that cannot show one shows its code point instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    name, rest = arguments[0], arguments[1:]
    if name in REFUSED:
        print(REFUSED[name], file=sys.stderr)
        return 1
    if name in PURE:
        return PURE[name](rest)
    try:
        return _django(arguments)
    except BrokenPipeError:
        return 1


def run() -> None:
    """Entry point: exit with main's code."""
    sys.exit(main())


if __name__ == "__main__":
    run()
