"""Backups that this machine can write and cannot read, in two files for two places (ADR 33)."""
