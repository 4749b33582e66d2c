"""Django's engine for PostgreSQL, with the agency boundary told to the database."""
