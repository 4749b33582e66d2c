"""What duties tell the floors below. Imported once, when every app is loaded."""

from leeward.legal.actions import open_duty
from leeward.legal.queries import answers_by_observation, as_entries
from leeward.observations.sources import register

register(duty_opener=open_duty, answer=answers_by_observation, timeline=as_entries)
