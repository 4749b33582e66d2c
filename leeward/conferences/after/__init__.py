"""After a meeting: what was decided, what they and others think of it, and what is told."""
