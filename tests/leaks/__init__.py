"""A walk over everything with unusual words, and the search for those words afterwards."""
