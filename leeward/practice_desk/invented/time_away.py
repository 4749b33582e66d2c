"""One time away of the file that is told in full."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.practice_desk.invented.files import File


def tell_time_away(story: Any, file: File, one: Mapping[str, Any]) -> None:
    """One time away: who was told and when, what was tried, and the talk after it."""
    common = story.common(one["since"], "wren", 23)
    noticed = common["recorded_at"] - dt.timedelta(minutes=20)
    until = story.day(one["until"])
    episode = Episode(
        **common,
        person=file.person,
        since=story.on(one["since"]),
        until=until,
        noticed_at=noticed,
        back_at=story.common(one["until"], "wren", 8)["recorded_at"] if until else None,
        last_seen=one["last_seen"],
        seen=one.get("seen"),
        on_return=one["on_return"],
    )
    file.episodes.append(episode)
    for step in one.get("steps", ()):
        done = noticed + dt.timedelta(minutes=step["after"]) if "after" in step else None
        file.step_news.append(
            StepNews(
                **story.common(one["since"], "wren", 23),
                person=file.person,
                episode=episode,
                step=step["step"],
                done_at=done,
                told=step.get("told", ""),
                reference=step.get("reference", ""),
                why_not=step.get("why_not", ""),
            )
        )
    for note in one.get("notes", ()):
        file.episode_notes.append(
            EpisodeNote(
                **story.common(one["since"], "wren", 23),
                person=file.person,
                episode=episode,
                kind=note["kind"],
                at=noticed + dt.timedelta(minutes=note["after"]),
                words=note["words"],
            )
        )
    talk = one.get("talk")
    if talk is None:
        return
    file.talks.append(
        ReturnTalk(
            **story.common(talk["on"], "wren", 15),
            person=file.person,
            episode=episode,
            outcome="held",
            on=story.on(talk["on"]),
            with_whom=talk["with_whom"],
            push=talk["push"],
            pull=talk["pull"],
            changed=talk["changed"],
        )
    )
