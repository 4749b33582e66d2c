"""Draft: words somebody is still typing, sealed on the server, seen by nobody else."""
