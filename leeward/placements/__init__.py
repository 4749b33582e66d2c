"""Placement: where a young person lives and under what care status, as dated rows."""
