"""Requests (access and correction): a young person asks for a copy of their file, or for words in
it to be put right; when it must be answered, and how it was."""
