"""Consent: what a young person, or whoever may decide for them, let somebody be told, why and
until when; given, refused or withdrawn."""
