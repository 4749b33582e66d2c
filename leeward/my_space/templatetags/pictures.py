"""A picture beside words, for whoever reads pictures sooner than words: `pictures.csv` says which.

The words are always there; a picture says nothing that they do not, and is silent when read aloud.
"""

import csv
from functools import cache
from importlib import resources

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@cache
def pictures() -> dict[str, str]:
    """Which picture of the one file stands beside what."""
    text = resources.files("leeward.my_space").joinpath("pictures.csv").read_text("utf-8")
    return {row["beside"]: row["picture"] for row in csv.DictReader(text.splitlines())}


@register.simple_tag
def picture(*beside: str) -> SafeString:
    """The picture for what these parts of a name make together. Raises KeyError for none."""
    return format_html(
        '<svg class="p" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("pictures.svg"),
        pictures()["".join(beside)],
    )
