"""How to do everything that is done in a house; `acts` joins it to the rest."""

import datetime as dt

from leeward.residences import actions as residences
from leeward.residences.factories import ResidenceFactory, StayFactory

DAY = dt.date(2025, 3, 10)


def house(case):
    """A house of the case's agency."""
    return ResidenceFactory(opened_by=case.person.opened_by)


def living(case):
    """`by` and somebody who lives in a house."""
    StayFactory(person=case.person)
    return case.file


DOES = {
    residences.open_residence: lambda c: {"by": c.chief, "name": "Made-Up House"},
    residences.say_free_beds: lambda c: {"by": c.by, "residence": house(c), "count": 2},
    residences.move_in: lambda c: c.file | {"residence": house(c), "since": DAY},
    residences.move_out: lambda c: living(c) | {"on": DAY},
    residences.come_or_go: lambda c: living(c) | {"kind": "in"},
    residences.tell_next_shift: lambda c: living(c) | {"words": "A call at 19:00"},
}  # fmt: skip
READS = {
    residences.read_board: lambda c: {"by": c.by, "residence_id": house(c).pk},
}
