"""The pages that are measured, as one worker asks for them."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.test import Client
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.accounts import sessions
from leeward.accounts.models import Worker
from leeward.people.models import YoungPerson
from leeward.people.queries import my_people
from leeward.practice_desk.invented.cast import persona_keys

NAMES_ASKED = 40

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Page:
    """One page: its name, and every request it is measured by, asked in turn."""

    name: str
    asks: tuple[Ask, ...]
    writes: bool = False


class Desk:
    """A browser, in this very process, at which the first persona is signed in."""

    def __init__(self) -> None:
        self.worker = Worker.objects.select_related("agency").get(
            username=next(iter(persona_keys()))
        )
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.worker)
        session = self.client.session
        sessions.begin(session, second_factor=True, agent="")
        session.save()
        mine = list(my_people(actor_for(self.worker)).order_by("pk"))
        # What is recorded again and again goes to one file, which no page that is read shows.
        self.mine, self.recorded_about = mine[:-1], mine[-1]

    def get(self, address: str) -> Any:
        """Ask for a page as over TLS. Raises AssertionError when it does not answer well."""
        return self._well(self.client.get(address, secure=True))

    @staticmethod
    def _well(response: Any, status: int = 200) -> Any:
        if response.status_code != status:
            raise AssertionError(f"{response.request['PATH_INFO']}: {response.status_code}")
        return response

    def record(self) -> Any:
        """Save one note."""
        saved = self.client.post(
            reverse("record", args=[self.recorded_about.pk]),
            {
                "id": str(uuid.uuid4()),
                "text": "Invented: met at the library, homework and a game of cards.",
                "when": "now",
                "source": "seen",
                "harm": "none",
                "about": "self",
            },
            secure=True,
        )
        return self._well(saved, status=302)

    def _find(self, name: str) -> Ask:
        return lambda: self._well(self.client.post(reverse("find"), {"q": name}, secure=True))

    def empty(self) -> Page:
        """The floor: nothing, behind the same middleware."""
        return Page("empty page", (lambda: self.get(reverse("bench_empty")),))

    def pages(self) -> list[Page]:
        """Every page that is measured."""
        return [
            Page("find a person", tuple(self._find(name) for name in self._names())),
            Page("home", self._each([reverse("home")])),
            *(Page(said, self._of_mine(name)) for said, name in OF_A_PERSON),
            Page("record (POST)", (self.record,), writes=True),
        ]

    def _of_mine(self, name: str) -> tuple[Ask, ...]:
        return self._each([reverse(name, args=[each.pk]) for each in self.mine])

    def _each(self, addresses: Sequence[str]) -> tuple[Ask, ...]:
        return tuple(lambda address=address: self.get(address) for address in addresses)

    def _names(self) -> list[str]:
        """First names of people all over the agency; every second with a letter left out."""
        ids = list(
            YoungPerson.objects.filter(agency_id=self.worker.agency_id)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        chosen = ids[:: max(1, len(ids) // NAMES_ASKED)][:NAMES_ASKED]
        names = [one.name_used.split()[0] for one in YoungPerson.objects.filter(pk__in=chosen)]
        slips = cycle((False, True))
        return [
            name[:2] + name[3:] if slip and len(name) > 4 else name
            for name, slip in zip(names, slips, strict=False)
        ]


OF_A_PERSON = (
    ("overview", "overview"),
    ("timeline", "timeline"),
    ("signs and stages", "signs"),
    ("the way", "way"),
    ("the circle", "circle"),
    ("plan, PDF", "plan_copy_en"),
    ("the circle, PDF", "circle_copy_en"),
)
