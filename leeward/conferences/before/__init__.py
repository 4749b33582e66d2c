"""Before a meeting: the young person's own preparation, who is asked, what lies in the pack."""
