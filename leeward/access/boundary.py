"""The agency boundary, as the floors above take it. How it is kept: ADR 32."""

from leeward.core.boundary import NOBODY, across_agencies, check_across, current, within

__all__ = ["NOBODY", "across_agencies", "check_across", "current", "within"]
