"""Legal: duties to report that notes opened, with their answers; rules that an agency changed."""
