"""Pictures: the dated facts of a file drawn as inline SVG, each with the same facts in words.

A *grid* sets threads across stages, with the dated marks behind every cell. A *way* is one level
road over time, with what happened along it. Both are pure functions from plain data to text: no
model, no request, no clock. They never total, rank, colour by stage or slope; they carry no style
attributes, so they stand under a strict content-security policy; and all their words arrive
already translated.
"""
