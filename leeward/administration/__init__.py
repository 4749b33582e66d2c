"""Administration: who works at an agency, in which role, and how they get in; never a file."""
