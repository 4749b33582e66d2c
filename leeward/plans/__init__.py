"""Plan: what a young person wants and the small steps toward it, in their own words."""
