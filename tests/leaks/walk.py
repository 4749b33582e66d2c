"""Use everything, in a process of its own, with unusual words in every field.

    python -m tests.leaks.walk REPORT COPY

writes what it met to REPORT (JSON) and copies the data folder to COPY while the database is still
open, its journal beside it. Nothing here looks for leaks on a disk: `tests/test_leaks.py` does.
"""

import io
import json
import os
import random
import re
import shutil
import sys
import uuid
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import django
import pikepdf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
WRITTEN: set[str] = set()


def _watch_files() -> None:
    """Note every file that Python opens for writing, for it may be gone before anybody looks."""

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(details[0], str):
            mode, flags = details[1], details[2]
            writing = set(mode) & set("wax+") if mode else flags & (os.O_WRONLY | os.O_RDWR)
            if writing:
                WRITTEN.add(details[0])

    sys.addaudithook(watch)


_watch_files()
django.setup()

from django.core import mail  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import Resolver404, resolve, reverse  # noqa: E402

from leeward.access.boundary import across_agencies  # noqa: E402
from leeward.accounts.factories import AgencyFactory, WorkerFactory, supervise  # noqa: E402
from leeward.accounts.models import Session  # noqa: E402
from leeward.accounts.session_store import SessionStore  # noqa: E402
from leeward.people.factories import YoungPersonFactory  # noqa: E402
from leeward.practice_desk.urls import urlpatterns  # noqa: E402
from leeward.practice_desk.views.pages import Home  # noqa: E402
from tests.cast import full_file  # noqa: E402
from tests.leaks.pages import Form, Page  # noqa: E402
from tests.leaks.words import STEMS, leaks_in, said  # noqa: E402

# A file that is closed or somebody else's has no more forms: these come when all else is done.
LAST = re.compile(r"/(end|transfer|file|sign-out|lost|leave|close)/")
# As many as it takes to choose each answer of a question with four.
TURNS = 4


class Walk:
    """One browser that follows every link and sends every form, and notes what came back."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.kinds: Counter[tuple[str, frozenset[str]]] = Counter()
        # What somebody sent before: whoever comes next reads every page, and sends what is theirs.
        self.forms: set[tuple[str, frozenset[str]]] = set()
        self.report: dict[str, Any] = {
            "seen": [], "sent": {}, "headers": {}, "titles": {}, "searched_for_by_get": [],
            "broke": [], "pdfs": 0,
        }  # fmt: skip

    def sign_in(self, worker: Any) -> None:
        """Walk on as this worker."""
        worker.refresh_from_db()
        self.worker = worker
        self.client.force_login(worker)

    def stay_in(self) -> None:
        """Among the forms is the one that ends every sign-in of a lost device."""
        if "_auth_user_id" not in self.client.session:
            self.sign_in(self.worker)

    def note(self, url: str, response: Any) -> None:
        """Keep what left this page by another road than its body."""
        spoken = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        spoken += "\n".join(each.OutputString() for each in response.cookies.values())
        # Where a form was sent to is the sender's own address: only what we add to it counts.
        if leaks := leaks_in(spoken.encode()) - leaks_in(url.encode()):
            self.report["headers"][url] = sorted(leaks)
        if response.headers.get("Content-Type") == "application/pdf":
            self.report["pdfs"] += 1
            # What is printed on a page is meant to be; what lies about the file is not.
            with pikepdf.open(io.BytesIO(response.content)) as pdf:
                about = repr(dict(pdf.docinfo)) + repr(dict(pdf.open_metadata()))
            if leaks := leaks_in(about.encode()):
                self.report["headers"][f"{url} (about the PDF)"] = sorted(leaks)
        if response.status_code >= 500:
            self.report["broke"].append(url)

    def read(self, url: str) -> Page | None:
        """Open one page."""
        self.stay_in()
        response = self.client.get(url)
        self.note(url, response)
        self.report["seen"].append(url)
        if "html" not in response.headers.get("Content-Type", ""):
            return None
        page = Page(response.content.decode())
        if leaks := leaks_in(page.title.encode()):
            self.report["titles"][url] = sorted(leaks)
        return page

    def send(self, url: str, form: Form) -> None:
        """Send a form in every turn: wrong at first, then as it asks to be filled."""
        to = form.action or url
        if form.method == "get":
            if {each["type"] for each in form.fields} & {"text", "search"}:
                self.report["searched_for_by_get"].append(url)
            return
        came = self.report["sent"].setdefault(urlsplit(to).path, [])
        for turn in range(TURNS + bool(form.aside)):
            self.stay_in()
            fresh = self.client.get(url)
            forms = Page(fresh.content.decode(errors="replace")).forms
            again = [each for each in forms if each.names() == form.names()]
            typed = (again or [form])[0].fill(turn) | (form.aside if turn == TURNS else {})
            response = self.client.post(to, typed)
            self.note(to, response)
            came.append(response.status_code)
            if response.status_code == 200:
                self.go_on(response, turn)

    def go_on(self, response: Any, turn: int) -> None:
        """Send the forms that the answer to a form holds, such as a new file after a search."""
        for form in Page(response.content.decode(errors="replace")).forms:
            if form.action and form.method == "post" and not LAST.search(form.action):
                answer = self.client.post(form.action, form.fill(turn))
                self.note(form.action, answer)
                came = self.report["sent"].setdefault(urlsplit(form.action).path, [])
                came.append(answer.status_code)
                if answer.status_code == 200 and form.action == reverse("open_file"):
                    self.go_on(answer, 1)

    def is_new(self, link: str) -> bool:
        """Whether a link leads to a kind of page that has not been seen twice already."""
        parts = urlsplit(link)
        try:
            kind = (resolve(parts.path).route, frozenset(parse_qs(parts.query)))
        except Resolver404:
            return False
        self.kinds[kind] += 1
        return self.kinds[kind] <= 2

    def everything(self, starts: list[str]) -> None:
        """Follow every link from `starts`, and send every form met on the way."""
        waiting, known = list(starts), set(starts)
        self.kinds.clear()
        while waiting:
            waiting.sort(key=lambda url: bool(LAST.search(url)))
            url = waiting.pop(0)
            page = self.read(url)
            if page is None:
                continue
            fresh = {link for link in page.links - known if self.is_new(link)}
            known |= fresh
            waiting += sorted(fresh)
            for form in page.forms:
                to = (urlsplit(form.action or url).path, frozenset(form.names()))
                if to not in self.forms and "sign-out" not in to[0]:
                    self.forms.add(to)
                    self.send(url, form)


def _addresses(ids: dict[str, Any]) -> list[str]:
    """Every address of the desk that the cast's ids can fill."""
    found = []
    for each in urlpatterns:
        asked = re.findall(r"<(?:\w+:)?(\w+)>", str(each.pattern))
        if set(asked) <= set(ids) and each.name != "account_logout":
            found.append(reverse(str(each.name), kwargs={name: ids[name] for name in asked}))
    return found


def _go_wrong(walk: Walk, address: str, worker: Any) -> None:
    """Every way in which a page is refused or breaks, with the words in hand each time."""
    words, client = said(), walk.client
    typed = {"text": words, "q": words, "login": words, "password": words}
    for url in (
        f"/{quote(words)}/", f"/people/{quote(words)}/", f"/people/{uuid.uuid4()}/",
        f"/people/{uuid.uuid4()}/draft/{quote(STEMS[0])}/", f"/?lang={quote(words)}",
    ):  # fmt: skip
        walk.note(url, client.get(url))
        walk.note(url, client.post(url, typed))
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(worker)
    for origin in ("http://testserver", "https://elsewhere.example"):
        walk.note(address, strict.post(address, typed, headers={"origin": origin}))
    walk.note("/", client.get("/", headers={"host": f"{STEMS[0]}.invalid"}))
    walk.note("/", client.post(address, b"\xff" + words.encode(), content_type="text/plain"))
    stranger = Client(raise_request_exception=False)
    walk.note(address, stranger.post(address, typed))
    for _ in range(3):
        walk.note("/sign-in/", stranger.post(reverse("account_login"), typed))

    def breaks(_self: Any, **_kwargs: Any) -> Any:
        held = {"words": words}
        raise ValueError(f"{held} are not a number")

    right = Home.get_context_data
    Home.get_context_data = breaks  # type: ignore[assignment, method-assign]
    try:
        walk.sign_in(worker)
        walk.client.post("/", typed)
        assert walk.client.get(f"/?q={quote(words)}").status_code == 500
    finally:
        Home.get_context_data = right  # type: ignore[method-assign]


def _hold_in_memory() -> str:
    """What the cache and the outbox hold, as text."""
    held = {alias: vars(each) for alias, each in zip(caches.settings, caches.all(), strict=False)}
    return repr(held) + repr([each.message() for each in mail.outbox])


def _sessions() -> str:
    """What sessions hold, opened: in the database they are squeezed, and no search would see."""
    return repr([SessionStore().decode(each.session_data) for each in Session.objects.all()])


def main(report: Path, copy: Path) -> None:
    """Found an agency, use everything, and leave the report and the copy."""
    random.seed(3)
    call_command("migrate", verbosity=0)
    setup_test_environment()
    agency = AgencyFactory.create()
    wren = WorkerFactory.create(agency=agency, username="wren")
    other = WorkerFactory.create(agency=agency)
    chief = supervise(WorkerFactory.create(agency=agency, supervisor=True), wren)
    wren.set_password(said(100))
    wren.save()
    person = YoungPersonFactory.create(agency=agency, opened_by=wren, team=[wren, other])
    file = full_file(person, wren, chief)
    walk = Walk()
    starts = ["/", *_addresses(file.ids())]
    draft = reverse("draft", args=[person.pk, "record"])
    for worker in (wren, chief):
        walk.sign_in(worker)
        walk.everything(starts)
        walk.stay_in()
        # Kept before the chief's turn, who gives the file to somebody else.
        walk.note(draft, walk.client.post(draft, {"text": said()}))
    walk.sign_in(wren)
    _go_wrong(walk, reverse("record", args=[person.pk]), wren)
    walk.client.post(reverse("account_login"), {"login": "wren", "password": said(100)})
    ours = [Path(os.environ[name]).resolve() for name in ("LEEWARD_DATA", "TMPDIR")]
    walk.report["in_memory"] = sorted(leaks_in(_hold_in_memory().encode()))
    walk.report["written"] = sorted(
        path for path in WRITTEN
        if not any(Path(path).resolve().is_relative_to(each) for each in ours)
    )  # fmt: skip
    walk.report["sessions"] = sorted(leaks_in(_sessions().encode()))
    walk.report["kept"] = _kept()
    data = Path(os.environ["LEEWARD_DATA"])
    shutil.copytree(data, copy, dirs_exist_ok=True)
    report.write_text(json.dumps(walk.report), encoding="utf-8")
    for each in connections.all():
        each.close()


def _kept() -> list[str]:
    """The fields in which the words lie, sealed: the proof that they were taken in at all."""
    from django.apps import apps  # noqa: PLC0415

    from leeward.sealing.fields import SealedField  # noqa: PLC0415

    found = set()
    for model in apps.get_models():
        sealed = [each for each in model._meta.concrete_fields if isinstance(each, SealedField)]
        for row in model._base_manager.all() if sealed else ():
            for each in sealed:
                if leaks_in(str(getattr(row, each.attname)).encode()):
                    found.add(f"{model._meta.label}.{each.name}")
    return sorted(found)


if __name__ == "__main__":
    # The scene is set, and read afterwards, as the owner. Each request stands within its agency.
    with across_agencies():
        main(Path(sys.argv[1]), Path(sys.argv[2]))
