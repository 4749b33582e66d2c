"""What is printed for those who meet: its template, and its words in both languages."""
