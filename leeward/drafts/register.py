"""What drafts tell keeping. Imported once, when every app is loaded."""

from leeward.drafts.sweeping import remove_unfinished
from leeward.keeping import sweeping

sweeping.register("concern_draft", remove_unfinished)
