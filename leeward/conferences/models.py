"""Every table of conferences, where Django looks for them; each stands in `before` or `after`."""

from leeward.conferences.after import models as after
from leeward.conferences.before import models as before

__all__ = ["after", "before"]
