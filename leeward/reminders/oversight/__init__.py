"""What a supervisor sees of those they stand behind: what is late, what was answered, whom nobody
has met. Never a number."""
