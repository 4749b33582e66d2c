"""What a young person changes about their own way in: their number, and where they are in."""
