"""What missing episodes tell the floors below. Imported once, when every app is loaded."""

from leeward.missing.queries import as_away, as_entries
from leeward.observations.sources import register

register(away_from=as_away, timeline=as_entries)
