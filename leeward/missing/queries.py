"""Reading missing episodes."""

from leeward.missing.models import Episode
from leeward.observations.sources import Entry
from leeward.people.models import YoungPerson


def episodes(person: YoungPerson) -> list[Episode]:
    """Every episode, oldest first."""
    return list(person.episodes.select_related("recorded_by").order_by("since", "recorded_at"))


def open_episode(person: YoungPerson) -> Episode | None:
    """The episode they are in now, if they are missing."""
    return person.episodes.filter(until__isnull=True).first()


def as_away(person: YoungPerson) -> list[dict[str, str | None]]:
    """Episodes as a reading takes them: `{"from": …, "to": … or None}`."""
    return [
        {"from": since.isoformat(), "to": until.isoformat() if until else None}
        for since, until in person.episodes.order_by("since").values_list("since", "until")
    ]


def as_entries(person: YoungPerson) -> list[Entry]:
    """Episodes as lines of the timeline."""
    return [
        Entry(
            on=each.until or each.since,
            recorded_at=each.recorded_at,
            kind="missing",
            author_id=each.recorded_by_id,
            author=each.recorded_by.display_name,
            item=each,
        )
        for each in episodes(person)
    ]
