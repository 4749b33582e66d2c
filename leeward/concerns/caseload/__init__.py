"""A caseload: reading an agency's spreadsheet. Pure: no Django, and no formula is worked out."""
