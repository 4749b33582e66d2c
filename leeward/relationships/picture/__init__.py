"""The circle as a picture, and the same in words. Pure: no Django, no browser, no clock."""
