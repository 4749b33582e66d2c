"""Law: the rules of the place as tables with sources, and pure functions over them.

Prompts, urgency and ages. A rule prompts, explains and records; it never waits for a stage. Read
from official summaries: not a legal opinion.
"""
