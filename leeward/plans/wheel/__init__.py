"""The wheel: a plan laid out in four parts, for those who ask for a Medicine Wheel."""
