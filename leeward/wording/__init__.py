"""Wording: how what is written about a young person reads to them, and kinder words for it.

A table that a practitioner can read (`words.csv`) and a pure function over it. It hints and never
stops anybody: what was typed is never changed.
"""
