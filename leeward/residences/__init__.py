"""Residence: a house where young people live with staff, and who is in it tonight."""
