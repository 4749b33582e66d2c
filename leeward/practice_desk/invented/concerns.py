"""Concerns that wait in the demo, from `content/concerns.toml`."""

import datetime as dt

from leeward.concerns.models import Concern, ConcernSource
from leeward.practice_desk.invented.cast import Team
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import texts
from leeward.practice_desk.invented.keep import keep
from leeward.sealing import keyring


def keep_concerns(seed: int, last: dt.date, here: dict[str, Team]) -> None:
    """Keep them, each taken down by a persona in the evening of `last` or before."""
    chance = Chance(seed, 0, "concerns")
    workers = {one.username: (one, team) for team in here.values() for one in team.workers}
    concerns, sources = [], []
    for told in texts("concerns")["concerns"]:
        taker, team = workers[told["taken_by"]]
        evening = dt.datetime.combine(last, dt.time(20), tzinfo=team.zone)
        at = evening - dt.timedelta(hours=told["hours"])
        concern = Concern(
            id=chance.id(),
            agency=team.agency,
            taken_by_id=taker.id,
            taken_at=at,
            said_on=at.date(),
            **{key: told[key] for key in CONCERN},
        )
        concerns.append(concern)
        sources.append(
            ConcernSource(
                id=chance.id(),
                concern=concern,
                recorded_by_id=taker.id,
                recorded_at=at,
                name=told["by_name"],
                **{key: told[key] for key in SOURCE},
            )
        )
    keyring.make_keys([(one.id, one.agency_id) for one in concerns])
    keep(concerns)
    keep(sources)


CONCERN = ("name", "age", "where", "urgency", "came_by", "words", "strengths")
SOURCE = ("kind", "reach_at", "withhold")
