"""Importing: the rows of a spreadsheet become files, one by one, each whole or not at all."""
