"""Legal: a duty to report that an observation opened, and how it was answered."""
