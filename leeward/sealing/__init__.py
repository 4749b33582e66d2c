"""Sealing: how what identifies or exposes a young person is kept so that only Leeward opens it.

The only place that imports a cryptography library.
"""
