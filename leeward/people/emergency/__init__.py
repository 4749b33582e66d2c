"""Emergency: somebody who is not on the team opens a file for a few hours, and answers for it."""
