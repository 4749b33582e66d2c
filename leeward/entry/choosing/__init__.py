"""What an agency lets its young people pick from: faces, and where leaving leads."""
