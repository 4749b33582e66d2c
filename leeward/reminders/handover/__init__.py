"""Handing over: what matters first at the files that a worker covers, and at those of theirs that
somebody covers."""
