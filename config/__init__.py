"""The project that runs Leeward: settings, addresses of the doors, the command line."""
