"""A family as a picture, by generations, and the same in words. Pure: no Django, no clock."""
