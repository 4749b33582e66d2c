"""Practice desk: the door for workers and supervisors. Addresses and pages, no rules."""
