"""How to do everything that may be done while somebody is missing; `acts` joins it to the rest."""

import datetime as dt

from leeward.missing import actions as missing
from leeward.missing.factories import EpisodeFactory, StepNewsFactory
from leeward.releases import actions as releases
from leeward.releases.factories import StepReleaseFactory
from leeward.releases.rules import NO, QUESTIONS

DAY = dt.date(2025, 3, 10)
MOMENT = dt.datetime(2025, 3, 10, 20, 0, tzinfo=dt.UTC)

DOES = {
    missing.went_missing: lambda c: c.file | {"since": DAY},
    missing.came_back: lambda c: {"by": c.by, "person": c.away(), "on": DAY},
    missing.take_step: lambda c: {
        "by": c.by, "episode": EpisodeFactory(person=c.person), "step": "police",
        "done_at": MOMENT, "told": "Constable Sample",
    },
    missing.write_down: lambda c: {
        "by": c.by, "episode": EpisodeFactory(person=c.person), "kind": "tried", "at": MOMENT,
        "words": "Called, no answer",
    },
    missing.talk_on_return: lambda c: {
        "by": c.by, "episode": EpisodeFactory(person=c.person, ended=True), "outcome": "held",
        "on": DAY, "push": "The noise",
    },
    releases.release_step: lambda c: {
        "by": c.by, "step": StepNewsFactory(episode__person=c.person),
        "answers": dict.fromkeys(QUESTIONS, NO),
    },
    releases.take_back_step: lambda c: {
        "by": c.by, "step": StepReleaseFactory(step__episode__person=c.person).step,
    },
}  # fmt: skip
