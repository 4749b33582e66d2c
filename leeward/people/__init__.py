"""People: the young person, their names, safe contact and strengths, and who works with them."""
