"""How to do everything that may be done to a plan; `acts` joins it to the rest."""

import datetime as dt

from leeward.plans import actions as plans
from leeward.plans.factories import WheelFactory
from leeward.plans.wheel import actions as wheel
from leeward.plans.wheel.layout import Layout

DAY = dt.date(2025, 3, 10)


def asked(case):
    """The file of a case in which the plan in four parts was asked for."""
    WheelFactory(person=case.person)
    return case.person


DOES = {
    plans.write_new: lambda c: c.file | {
        "section": "want", "said": plans.Said("a window"), "shared": plans.Shared(),
    },
    plans.write_together: lambda c: c.file | {
        "words": {"want": "a window"}, "shared": plans.Shared(),
    },
    plans.change: lambda c: {
        "by": c.by, "item": c.item, "version": 1, "said": plans.Said("a window"),
    },
    plans.take_out: lambda c: {"by": c.by, "item": c.item, "version": 1},
    plans.tell_how_it_went: lambda c: {"by": c.by, "item": c.step, "kind": "done"},
    plans.look_again_on: lambda c: c.file | {"on": DAY},
    plans.suggest: lambda c: c.file | {"section": "hopes", "words": "a window"},
    plans.answer_suggestion: lambda c: {
        "by": c.own, "suggestion": c.suggestion, "took": True,
    },
    wheel.ask_for_wheel: lambda c: c.file | {"asked_by": "them"},
    wheel.lay_out_wheel: lambda c: {
        "by": c.own, "person": asked(c), "version": 1, "layout": Layout(),
    },
    wheel.end_wheel: lambda c: {"by": c.by, "person": asked(c)},
}  # fmt: skip
READS = {
    plans.take_copy: lambda c: {"by": c.own, "person": c.person, "private": True},
}
