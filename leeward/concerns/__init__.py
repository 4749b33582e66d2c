"""Concern: what somebody tells an agency because they worry about a child or a youth."""
