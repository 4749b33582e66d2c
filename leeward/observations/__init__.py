"""Observation: what was seen, said or found, by whom and when; opinions of it; the timeline."""
