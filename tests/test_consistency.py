"""Habits that hold across the whole tree, so that nobody has to remember them."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, Field, ForeignKey, ManyToManyField, TextField
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from leeward.people.models import YoungPerson
from leeward.sealing.fields import SealedField, holder_fields

ROOT = Path(__file__).resolve().parent.parent
APP_FOLDER = ROOT / "leeward"
LONGEST_FILE = 400


def ours(pattern, *folders):
    """Files of ours that match, without what others wrote or a tool made."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(pattern)]
    return sorted(
        path
        for path in found
        if not {"migrations", "vendor", "node_modules", "__pycache__"} & set(path.parts)
    )


def short(path):
    """The path as people say it, for the names of tests."""
    return str(path.relative_to(ROOT))


def over_each(paths):
    """A test that takes all these files in turn and tells each that is wrong. As a test of its
    own, each takes longer to count than to read."""

    def made(test):
        def over_all():
            wrong = []
            for path in paths:
                try:
                    test(path)
                except AssertionError as fault:
                    wrong.append(f"{short(path)}: {fault}")
            assert not wrong, "\n\n".join(wrong)

        over_all.__name__ = test.__name__
        return over_all

    return made


CODE = ours("*.py", "leeward", "config")
TESTS = [path for path in CODE if "tests" in path.parts] + ours("*.py", "tests")
SHIPPED = [path for path in CODE if "tests" not in path.parts]
TEMPLATES = ours("*.html", "leeward")
MODELS = [each for each in apps.get_models() if each.__module__.startswith("leeward.")]


# --- Floors ---------------------------------------------------------------------------------


def floors():
    """Each app's floor, the lowest 0, from the same table import-linter reads."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    return {
        app.strip(): floor
        for floor, line in enumerate(reversed(layers))
        for app in line.split("|")
    }


def test_every_app_has_a_floor():
    folders = {path.parent.name for path in APP_FOLDER.glob("*/__init__.py")}
    assert folders == set(floors())


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each._meta.label)
def test_foreign_keys_point_down(model):
    # import-linter cannot see a ForeignKey("plans.Plan").
    mine = model._meta.app_label
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | ManyToManyField):
            target = field.related_model._meta.app_label
            assert target == mine or floors()[target] < floors()[mine], field


# --- Every field classified -----------------------------------------------------------------

# Plain text that is no closed list, and why it may be read by whoever reads the database.
_OF_RANDOM = "a hash, with random bits in what it is of"
PLAIN_TEXT = {
    "accounts.Agency.name": "an agency's name is on its door",
    "accounts.Agency.time_zone": "an IANA name",
    "accounts.Worker.username": "how a worker signs in",
    "accounts.Worker.display_name": "a worker's own name, printed on what they write",
    "accounts.Worker.works_as": "a job title",
    "accounts.Worker.password": "a hash",
    "accounts.Invitation.link_hash": "a hash of random bits",
    "accounts.Invitation.browser_hash": "a hash of random bits",
    "accounts.Session.session_key": "a hash of random bits",
    "accounts.Session.session_data": "moments and ids, of a sign-in and not of a young person",
    "audit.AuditRow.actor_kind": "worker, young person or system",
    "audit.AuditRow.action": "a word of ours",
    "audit.AuditRow.purpose": "the name of a page",
    "audit.AuditRow.request_id": "random",
    "audit.AuditRow.trace": "random letters, printed on a copy",
    "conferences.Sitting.zone": "an IANA name",
    "reminders.PutOff.kind": "a row of reminders.csv",
    "reminders.Sending.key": "an id or a day",
    **{
        f"disclosures.{each}.authority": "which section of law"
        for each in ("Disclosure", "DisclosureEvent", "Given", "Received", "ReceivedEvent")
    },
    "disclosures.Given.kept_under": "which section of law",
    **{f"disclosures.{each}.digest": _OF_RANDOM for each in ("Disclosure", "Given", "Received")},
    "drafts.Draft.form": "the name of a form",
    "entry.AgencyChoice.faces": "what one agency offers, of the faces that there are",
    "entry.AgencyChoice.leave_to": "a public address, of those of the installation",
    "entry.Signpost.lookup": "a slow hash of words, or a hash of random bits",
    "entry.Entry.lookup": "a slow hash of words",
    "entry.Visit.lookup": "a hash of random bits",
    "entry.Passkey.lookup": "a hash of the random name that a phone gave",
    "legal.RuleChange.rule": "the id of a row of a table of ours",
    "missing.StepNews.step": "the id of a row of a table of ours",
    "notices.Notice.kind": "the name of a kind",
    "observations.Observation.on": "the date of a row, perhaps partial",
    "observations.Observation.part_of_day": "the time of a row",
    "observations.Observation.model_version": "which practice model",
    "observations.Opinion.model_version": "which practice model",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each._meta.label)
def test_every_field_is_classified_once(model):
    fields = {each.name: each for each in model._meta.get_fields() if isinstance(each, Field)}
    sealed = {name for name, each in fields.items() if isinstance(each, SealedField)}
    plain = model.plain_fields
    assert sealed | plain == set(fields), "unclassified, or classified and not there"
    assert not sealed & plain
    for name in sealed:
        assert fields[name].classification in ("identifying", "sensitive")


SEALED = [
    model
    for model in MODELS
    if any(isinstance(field, SealedField) for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize("model", SEALED, ids=lambda each: each._meta.label)
def test_every_sealed_row_names_whose_key_seals_it(model):
    columns = {each.attname: each for each in model._meta.concrete_fields}
    named = [columns[name] for name in holder_fields(model)]
    assert all(
        getattr(each, "target_field", each).get_internal_type() == "UUIDField" for each in named
    )
    # There is always somebody: the last of them is never empty.
    assert not named[-1].null


# Of whoever types, and of a worker's place: sealed with their agency's key.
OF_NO_PERSON = {
    "drafts.Draft",
    "documents.Document",
    "administration.Request",
    *("legal.RuleChange", "residences.Residence", "reminders.Channel"),
    # Of a concern, which names them once it is in their file, and may never be in any.
    *("concerns.ConcernSource", "concerns.ConcernNews", "concerns.Referral"),
    *("concerns.Import", "concerns.ImportRow"),
    # Below people: it names them by an opaque id.
    "keeping.Hold",
    # In no file, under keys of their own: a copy that another agency gave, and what police gave.
    *("disclosures.Received", "disclosures.ReceivedEvent", "disclosures.Given"),
}


def _about_a_person():
    return [model for model in SEALED if model._meta.label not in OF_NO_PERSON]


@pytest.mark.parametrize("model", _about_a_person(), ids=lambda each: each._meta.label)
def test_every_sealed_row_about_a_young_person_names_them_itself(model):
    assert model is YoungPerson or model._meta.get_field("person").related_model is YoungPerson


def _open_text():
    return {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.fields
        if isinstance(field, CharField | TextField) and not field.choices
    }


def test_no_free_text_lies_open_without_a_reason():
    assert _open_text() == set(PLAIN_TEXT)


# --- Words ----------------------------------------------------------------------------------

APPS = sorted(floors())


@pytest.mark.parametrize("app", APPS)
def test_an_apps_docstring_defines_its_word(app):
    text = ast.get_docstring(ast.parse((APP_FOLDER / app / "__init__.py").read_text("utf-8")))
    word = app.replace("_", " ").removesuffix("s")
    assert text
    assert re.match(rf"(the )?{word}[a-z]*( \(.*\))?: \w", text.casefold()), text


@pytest.mark.parametrize("app", APPS)
def test_every_app_is_among_the_terms(app):
    terms = (ROOT / "docs" / "reference" / "terms.md").read_text(encoding="utf-8")
    assert f"`{app}`" in terms


# Put together here, so that this file does not hold them.
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "place" + "holder")
LEFT_OUT = (
    "pytest." + "skip",
    "mark." + "skip",
    "x" + "fail(",
    "mark.x" + "fail",
    "import" + "orskip",
)


@over_each([*CODE, *TEMPLATES, *TESTS, *ours("*.js", "leeward"), *ours("*.md", "docs")])
def test_nothing_is_left_for_later(path):
    text = path.read_text(encoding="utf-8")
    assert not [word for word in UNFINISHED if re.search(rf"\b{word}\b", text)]


@over_each(TESTS)
def test_no_test_is_passed_over(path):
    text = path.read_text(encoding="utf-8")
    assert not [word for word in LEFT_OUT if word in text]


@over_each(TEMPLATES)
def test_nobody_is_named_by_what_was_done_to_them(path):
    said = re.sub(r"{[%{#].*?[%}#]}|<[^>]*>", " ", path.read_text(encoding="utf-8"))
    assert not re.findall(r"\b(?:AWOL|victims?|clients?|cases?|offenders?)\b", said, re.IGNORECASE)


# --- Pages ----------------------------------------------------------------------------------

UNSAFE = {
    "unescaped text": r"\|\s*safe\b|\bautoescape\s+off|\bmark_safe\b|\bsafeseq\b",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "an inline style": r"<[^>]*\sstyle\s*=|<style\b",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an address elsewhere": r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]",
    "a javascript address": r"javascript:",
}


@over_each(TEMPLATES)
def test_no_template_is_unsafe(path):
    text = path.read_text(encoding="utf-8")
    assert not [what for what, shape in UNSAFE.items() if re.search(shape, text, re.IGNORECASE)]


# Where HTML is made in Python, and why what it holds is escaped.
MAKES_MARKUP: dict[str, str] = {}


@over_each(SHIPPED)
def test_no_code_declares_text_safe(path):
    text = path.read_text(encoding="utf-8")
    declared = re.search(r"\bmark_safe\b|\bSafeString\(|\bSafeText\b|\.safe\b", text)
    assert not declared or short(path) in MAKES_MARKUP, declared
    assert not re.search(r"<[a-z][^>]*\sstyle=", text)


@over_each(ours("*.svg", "leeward") + ours("*.js", "leeward"))
def test_nothing_shipped_reaches_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"https?://[^\s\"'<>)]+", text))
    assert not {each for each in found if not each.startswith("http://www.w3.org/")}


def _template_name(path):
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


NAMED = {
    name
    for path in [*SHIPPED, *TEMPLATES]
    for name in re.findall(r"[\"']([\w/.-]+\.html)[\"']", path.read_text(encoding="utf-8"))
}
# Django asks for these by itself.
ASKED_FOR = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_template_named_is_there(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        # A form's own templates are looked for by the form renderer's engine: the same folders.
        pytest.fail(f"{name} is named and is nowhere")


def _replaces_another(name):
    packages = [Path(each.path) for each in apps.get_app_configs() if "leeward" not in each.name]
    folders = [path / kind for path in packages for kind in ("templates", "jinja2")]
    return any((folder / name).exists() for folder in folders)


@over_each(TEMPLATES)
def test_every_template_is_used(path):
    name = _template_name(path)
    assert name in NAMED | ASKED_FOR or _replaces_another(name)


# --- Code -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *CODE,
        *ours("*.py", "tests", "tools"),
        *TEMPLATES,
        *[each for each in ours("*.js", "leeward") if ".min." not in each.name],
        ROOT / "conftest.py",
        ROOT / "Makefile",
    ],
    ids=short,
)
def test_a_file_is_short_enough_to_read(path):
    if path.name != "govuk.js":
        assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


# The command line starts in an instant because it imports only what the command needs.
IMPORTS_LATE = {"config/cli.py"}


@over_each(CODE)
def test_imports_stand_at_the_top(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = [
        inner.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(each)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not late or short(path) in IMPORTS_LATE


def _undocumented(tree):
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for each in tree.body:
        is_public = isinstance(each, documented) and not each.name.startswith("_")
        # A command says what it is in its help.
        if is_public and each.name != "Command" and not ast.get_docstring(each):
            yield each.name


# Django's own moments, named and ordered by Django.
FOR_DJANGO = {"apps.py"}


@over_each(SHIPPED)
def test_what_is_public_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name not in FOR_DJANGO:
        assert not list(_undocumented(tree))
    if path.name not in {"__init__.py", "apps.py", "models.py", "factories.py"}:
        assert ast.get_docstring(tree), "a module says in a line what it is for"


@over_each(SHIPPED)
def test_no_code_prints_but_a_command(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prints = any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "print"
        for each in ast.walk(tree)
    )
    assert not prints or "commands" in path.parts or "_command" in path.stem or path.stem == "cli"


@over_each(ours("*.py", "leeward"))
def test_nothing_listens_in_secret(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"django\.(?:db\.models|core|dispatch|contrib\.\w+)\.?signals?\b", text)
    assert "@receiver" not in text
