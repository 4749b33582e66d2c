"""Release: what a worker lets a young person read in My space of what was written about them, one
note at a time; and the young person's own side, which stands beside it."""
