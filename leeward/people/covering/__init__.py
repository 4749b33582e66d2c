"""Covering: a worker stands in for one who is away, at chosen files, from a day to a day."""
