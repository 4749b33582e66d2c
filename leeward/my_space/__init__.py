"""My space: the young person's own door, a notebook with a neutral name and a way out."""
