"""Views of the desk: each makes one domain call and draws one page."""
