"""Standing: how a worker stands to one file. On its team, kept from it, or there in a hurry."""
