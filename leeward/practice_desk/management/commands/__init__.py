"""One module, one command: `leeward demo`, `leeward serve`, …"""
