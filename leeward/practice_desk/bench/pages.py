"""The pages that are measured, as one worker asks for them."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.test import Client
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.accounts import sessions
from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.missing.actions import came_back
from leeward.missing.queries import open_episode
from leeward.people.models import YoungPerson
from leeward.people.queries import my_people
from leeward.practice_desk.bench.scenes import copy_to_give, meeting_ahead
from leeward.practice_desk.invented.cast import persona_keys

NAMES_ASKED = 40
# So many of the files have a meeting ahead, whose pack is set.
FILES_THAT_MEET = 5

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Page:
    """One page: its name, and every request it is measured by, asked in turn."""

    name: str
    asks: tuple[Ask, ...]
    # What sets its scene again after each request, beside the clock.
    after: Ask | None = None

    def set_again(self) -> None:
        """Undo what a request left in the way of the next one."""
        if self.after is not None:
            self.after()


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
        self.actor = actor_for(self.worker)
        mine = list(my_people(self.actor).order_by("pk"))
        # What is recorded again and again goes to two files, which no page that is read shows.
        # What is given is drawn from all that a file holds: it is not the one that notes go to.
        at_home = [each for each in mine if open_episode(each) is None]
        self.given_from, self.recorded_about = at_home[-2:]
        self.mine = [each for each in mine if each not in at_home[-2:]]

    def get(self, address: str) -> Any:
        """Ask for a page as over TLS. Raises AssertionError when it does not answer well."""
        return self._well(self.client.get(address, secure=True))

    @staticmethod
    def _well(response: Any, status: int = 200) -> Any:
        if response.status_code != status:
            raise AssertionError(f"{response.request['PATH_INFO']}: {response.status_code}")
        return response

    def post(self, address: str, data: Mapping[str, Any], status: int = 302) -> Any:
        """Send a form as over TLS. Raises AssertionError when it is not taken."""
        return self._well(self.client.post(address, dict(data), secure=True), status)

    def record(self) -> Any:
        """Save one note."""
        return self.post(
            reverse("record", args=[self.recorded_about.pk]),
            {
                "id": str(uuid.uuid4()),
                "text": "Invented: met at the library, homework and a game of cards.",
                "when": "now",
                "source": "seen",
                "harm": "none",
                "about": "self",
            },
        )

    def miss(self) -> Any:
        """Say that somebody is missing."""
        return self.post(
            reverse("went_missing", args=[self.given_from.pk]),
            {
                "since": today().isoformat(),
                "last_seen": "Invented: at the bus stop, at six, alone.",
                "wearing": "Invented: a green coat.",
                "noticed_by": "Invented: the night staff.",
            },
        )

    def find_again(self) -> Any:
        """And that they are back: only one episode is open at a time."""
        return came_back(by=self.actor, person=self.given_from, on=today())

    def _find(self, name: str) -> Ask:
        return lambda: self.post(reverse("find"), {"q": name}, status=200)

    def empty(self) -> Page:
        """The floor: nothing, behind the same middleware."""
        return Page("empty page", (lambda: self.get(reverse("bench_empty")),))

    def pages(self) -> list[Page]:
        """Every page that is measured."""
        return [
            Page("find a person", tuple(self._find(name) for name in self._names())),
            Page("home", self._each([reverse("home")])),
            *(Page(said, self._of_mine(name)) for said, name in OF_A_PERSON),
            Page("record (POST)", (self.record,)),
            Page("missing-open (POST)", (self.miss,), after=self.find_again),
            Page("meeting pack, PDF", self._packs()),
            *self._sharing(),
        ]

    def _packs(self) -> tuple[Ask, ...]:
        meetings = [meeting_ahead(self.actor, each) for each in self.mine[:FILES_THAT_MEET]]
        return self._each(
            [reverse("meeting_pack_en", args=[each.person_id, each.pk]) for each in meetings]
        )

    def _sharing(self) -> tuple[Page, ...]:
        address = reverse("share", args=[self.given_from.pk])
        sent = copy_to_give(self.actor, self.given_from)
        return (
            Page("share: look (POST)", (lambda: self.post(address, sent, status=200),)),
            Page("share: give (POST)", (lambda: self.post(address, sent | {"give": "yes"}),)),
        )

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
