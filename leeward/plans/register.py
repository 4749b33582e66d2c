"""What plans tell the floors below. Imported once, when every app is loaded."""

from leeward.observations.sources import register
from leeward.plans.queries import as_entries

register(timeline=as_entries)
