"""Core: markup components, form fields, time and text helpers. No domain word lives here."""
