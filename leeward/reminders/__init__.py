"""Reminder: what needs a worker now, by rule; it can be put off with a reason."""
