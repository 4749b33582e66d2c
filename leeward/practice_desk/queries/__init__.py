"""What each page of the desk shows, gathered from below in a fixed number of queries."""
