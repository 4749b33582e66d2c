"""Bench: what each page costs, beside floors measured in the same run."""
