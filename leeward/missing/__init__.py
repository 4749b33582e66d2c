"""Missing: an episode in which nobody who cares for a young person knows where they are."""
