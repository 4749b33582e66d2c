"""Access: the vocabulary of roles and permissions, and the Actor behind every read and write."""
