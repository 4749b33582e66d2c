"""Accounts: agencies, the workers who work there, and how they sign in."""
