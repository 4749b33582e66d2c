"""Each rule of tools/semgrep catches what it is for, and lets be what it should.

`make check` runs the rules over the code; this runs them over a line that must be caught and one
that must not be, each in the folder where the rule looks.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RULES = ROOT / "tools" / "semgrep"
IDS = re.findall(r"^  - id: (\S+)", "".join(p.read_text() for p in RULES.glob("*.yml")), re.M)
SEMGREP = Path(sys.executable).with_name("semgrep")

APP = "leeward/people/actions.py"
VIEW = "leeward/practice_desk/views/pages.py"
QUERY = "leeward/practice_desk/queries/home.py"
COMMAND = "leeward/practice_desk/management/commands/found.py"

# rule: [(where, what must be caught)]
BAD = {
    "nothing-is-marked-safe": [
        (APP, "mark_safe(name)"),
        (APP, "SafeString(name)"),
        (APP, 'format_html(f"<b>{name}</b>")'),
        (APP, 'format_html("<b>%s</b>" % name)'),
    ],
    "no-template-switches-escaping-off": [
        ("leeward/x/templates/x.html", "<p>{{ name|safe }}</p>"),
        ("leeward/x/templates/x.html", "<p>{{ names | safeseq }}</p>"),
        ("leeward/x/templates/x.html", "{% autoescape off %}{{ name }}{% endautoescape %}"),
    ],
    "logs-hold-our-own-words-alone": [
        (APP, 'log.warning("%s came", name)'),
        (APP, 'logger.error(f"{name} came")'),
        (APP, 'logging.getLogger("x").info(name)'),
    ],
    "no-traceback-of-a-log-holds-locals": [
        (APP, 'logger.exception("It went wrong.")'),
        (APP, 'logger.error("It went wrong.", exc_info=True)'),
        (APP, "traceback.print_exc()"),
    ],
    "no-print-outside-commands": [(APP, "print(name)"), (APP, "sys.stderr.write(name)")],
    "temporary-files-say-where": [
        (APP, "tempfile.NamedTemporaryFile()"),
        (APP, 'tempfile.mkdtemp(prefix="x")'),
    ],
    "no-sql-from-strings": [
        (APP, 'cursor.execute(f"SELECT {name}")'),
        (APP, 'cursor.execute("SELECT %s" % name)'),
        (APP, 'cursor.execute("SELECT " + name)'),
        (APP, 'sql = f"SELECT {name}"\ncursor.execute(sql)'),
        (APP, 'sql = f"ADD {n}"\nwith db.cursor() as c:\n    c.executemany(sql, rows)'),
        (APP, "YoungPerson.objects.raw(sql)"),
    ],
    "doors-fetch-what-their-actor-may-see": [
        (VIEW, "YoungPerson.objects.get(pk=person_id)"),
        (VIEW, "Duty.objects.all()"),
        (VIEW, "Duty._base_manager.first()"),
    ],
    "pages-gather-no-whole-table": [
        (QUERY, "Duty.objects.all()"),
        (QUERY, "Duty.objects.get(pk=duty_id)"),
        (QUERY, "get_object_or_404(Duty, pk=duty_id)"),
    ],
    "no-door-without-its-locks": [
        (VIEW, "@csrf_exempt\ndef page(request): ..."),
        (VIEW, "cache_page(60)"),
    ],
    "only-sealing-touches-cryptography": [
        (APP, "import tink"),
        (APP, "from cryptography.fernet import Fernet"),
        (APP, "import hmac"),
        (APP, "from tink import aead"),
    ],
    "chance-is-for-invented-people": [
        (APP, "import random"),
        (APP, "from random import choice"),
        (APP, "key = uuid.uuid1()"),
    ],
    "no-code-from-data": [
        (APP, "import pickle"),
        (APP, "yaml.load(text)"),
        (APP, "eval(text)"),
        (APP, "exec(text)"),
        (APP, "subprocess.run(text, shell=True)"),
    ],
    "nothing-calls-out": [
        (APP, "import requests"),
        (APP, "import urllib.request"),
        (APP, "from http.client import HTTPSConnection"),
        (APP, "import socket"),
    ],
}
# rule: [(where, what must be let be)]
GOOD = {
    "nothing-is-marked-safe": [(APP, 'format_html("<b>{}</b>", name)')],
    "no-template-switches-escaping-off": [
        ("leeward/x/templates/x.html", "<p>{{ name|safely }} It is safe.</p>")
    ],
    "logs-hold-our-own-words-alone": [
        (APP, 'log.warning("A scan failed.")'),
        (APP, 'log.error("No scan: %s", type(fault).__name__)'),
    ],
    "no-traceback-of-a-log-holds-locals": [(APP, 'logger.error("It went wrong.")')],
    "no-print-outside-commands": [(COMMAND, "print(name)")],
    "temporary-files-say-where": [(APP, "tempfile.TemporaryDirectory(dir=private)")],
    "no-sql-from-strings": [
        (APP, 'cursor.execute("SELECT %s", [name])'),
        ("leeward/people/migrations/0009_x.py", 'cursor.execute(f"ALTER TABLE {name}")'),
    ],
    "doors-fetch-what-their-actor-may-see": [
        (VIEW, "YoungPerson.objects.visible_to(actor).get(pk=person_id)"),
        (VIEW, "Notice.objects.for_(actor)"),
    ],
    "pages-gather-no-whole-table": [(QUERY, "Duty.objects.filter(person__in=mine)")],
    "no-door-without-its-locks": [(VIEW, "csrf_protect(page)")],
    "only-sealing-touches-cryptography": [("leeward/sealing/codec.py", "import tink, hmac")],
    "chance-is-for-invented-people": [
        ("leeward/practice_desk/invented/chance.py", "import random"),
        (APP, "import secrets"),
    ],
    "no-code-from-data": [(APP, "json.loads(text)"), (APP, "model.evaluate(text)")],
    "nothing-calls-out": [
        (APP, "from urllib.parse import urlsplit"),
        ("leeward/audit/heads.py", "import urllib.request"),
    ],
}


def _lay_out(folder, samples):
    """Write each sample in a folder of its own: {its path from `folder`: rule}."""
    laid = {}
    for rule, lines in samples.items():
        for number, (where, line) in enumerate(lines):
            file = folder / f"{rule}-{number}" / where
            file.parent.mkdir(parents=True)
            file.write_text(f"{line}\n")
            laid[str(file.relative_to(folder))] = rule
    return laid


def _found(folder):
    """What semgrep found there, by file."""
    done = subprocess.run(
        [
            SEMGREP, "scan", "--metrics", "off", "--disable-version-check", "--json", "--quiet",
            "--no-git-ignore", "--config", RULES, ".",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert not said["errors"], said["errors"]
    found: dict[str, set[str]] = {}
    for each in said["results"]:
        rule = each["check_id"].rpartition(".")[2]
        found.setdefault(str(Path(each["path"])), set()).add(rule)
    return found


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """One run of semgrep over every sample, for it is slow to start."""
    folder = tmp_path_factory.mktemp("samples")
    bad, good = _lay_out(folder / "bad", BAD), _lay_out(folder / "good", GOOD)
    found = _found(folder)
    return (
        {path: (rule, found.get(f"bad/{path}", set())) for path, rule in bad.items()},
        {path: (rule, found.get(f"good/{path}", set())) for path, rule in good.items()},
    )


def test_every_rule_has_a_line_it_must_catch_and_one_it_must_not():
    assert set(IDS) == set(BAD) == set(GOOD)
    assert len(IDS) == len(set(IDS))


def test_what_is_forbidden_is_caught(scanned):
    missed = [path for path, (rule, found) in scanned[0].items() if rule not in found]
    assert not missed


def test_what_is_allowed_is_let_be(scanned):
    caught = [path for path, (rule, found) in scanned[1].items() if rule in found]
    assert not caught


def _lines_of_code():
    for folder in ("leeward", "config", "tools"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ((path, line) for line in path.read_text(encoding="utf-8").splitlines())


def test_an_exception_to_a_rule_says_why():
    silent = [
        f"{path.name}: {line.strip()}"
        for path, line in _lines_of_code()
        if "nosemgrep" in line and not re.search(r"nosemgrep: [a-z-]+ - \w.{20}", line)
    ]
    assert not silent


def test_no_exception_from_bandit_is_for_everything():
    bare = [
        f"{path.name}: {line.strip()}"
        for path, line in _lines_of_code()
        if "# nosec" in line and not re.search(r"# nosec B\d{3}", line)
    ]
    assert not bare


def test_the_rules_run_in_make_check():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--config tools/semgrep --error leeward config tools" in makefile
    assert "bandit -q -c pyproject.toml -r leeward config tools" in makefile
    assert re.search(r"^CHECKS := .*\bsecurity\b", makefile, re.M)
