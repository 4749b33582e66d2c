"""Making the copy of a file: every line of it looked at, what is held back, and what was given."""
