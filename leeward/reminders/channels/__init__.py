"""Where a worker is told that something waits: one fixed sentence, to an address of their own."""
