"""Disclosure: a dated copy of chosen pieces of a file that one agency gives to named workers of
another, for a purpose, under a consent or a section of law."""
