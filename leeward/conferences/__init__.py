"""Conference (or circle): a meeting about a young person, with them first: who is asked and why,
what is decided, by whom, and what they think of it."""
