"""Giving from no file: an officer answers what they received, or tells named workers something
(ADR 71). No file of another agency becomes visible by it, and no answer tells whether one is."""
