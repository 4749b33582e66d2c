"""The few pieces of SVG that the pictures are made of, with everything from outside escaped."""

import re

# It writes and never parses.
from xml.sax.saxutils import escape  # nosec B406

# XML 1.0 has no way to write these, not even as a reference: one in a name would break the page.
_SPACES = re.compile("[\t\n\r ]+")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Svg(str):
    """Markup that is already escaped; template engines that honour ``__html__`` print it as is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup itself."""
        return self


def clean(words: str) -> str:
    """Return the words on one line, without characters that XML cannot carry."""
    # ASCII white space alone: the spaces that French does not break at stay what they are.
    return _SPACES.sub(" ", _UNWRITABLE.sub("", words)).strip(" ")


def attribute(value: str) -> str:
    """Return the value quoted and escaped for an attribute."""
    return '"' + escape(clean(value), {'"': "&quot;"}) + '"'


def number(value: float) -> str:
    """Return a length in pixels with at most one decimal."""
    short = f"{value:.1f}"
    return short[:-2] if short.endswith(".0") else short


def text(x: float, y: float, words: str, classes: str, *, anchor: str = "") -> str:
    """Return a line of text whose baseline starts (or is anchored) at x, y."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    spot = f'x="{number(x)}" y="{number(y)}"'
    return f'<text {spot} class="{classes}"{where}>{escape(clean(words))}</text>'


def path(d: str, classes: str, *, width: float | None = None) -> str:
    """Return a path; d is made by this package only, never from outside."""
    thick = f' stroke-width="{number(width)}"' if width is not None else ""
    return f'<path d="{d}" class="{classes}"{thick}/>'


def level(x0: float, x1: float, y: float, classes: str, *, width: float | None = None) -> str:
    """Return a level line from x0 to x1."""
    return path(f"M{number(x0)} {number(y)}H{number(x1)}", classes, width=width)


def upright(x: float, y0: float, y1: float, classes: str, *, width: float | None = None) -> str:
    """Return an upright line from y0 to y1."""
    return path(f"M{number(x)} {number(y0)}V{number(y1)}", classes, width=width)


def circle(x: float, y: float, r: float, classes: str) -> str:
    """Return a circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" class="{classes}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, classes: str) -> str:
    """Return an ellipse with level and upright axes."""
    half = f'rx="{number(rx)}" ry="{number(ry)}"'
    return f'<ellipse cx="{number(x)}" cy="{number(y)}" {half} class="{classes}"/>'


def rect(
    x: float, y: float, width: float, height: float, classes: str, *, radius: float = 0
) -> str:
    """Return a rectangle; a width or height below zero is drawn as zero."""
    curve = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" '
        f'height="{number(max(height, 0))}"{curve} class="{classes}"/>'
    )


def titled(words: str, inner: str, classes: str = "") -> str:
    """Return a group that says its words when pointed at."""
    named = f' class="{classes}"' if classes else ""
    return f"<g{named}><title>{escape(clean(words))}</title>{inner}</g>"


def link(href: str, name: str, inner: str) -> str:
    """Return a link around a part of the picture, named in full by its title.

    A title and not a label: what is seen in it stays part of what is spoken (WCAG 2.5.3).
    """
    title = f"<title>{escape(clean(name))}</title>"
    return f'<a href={attribute(href)} class="cell">{title}{inner}</a>'


def frame(
    parts: list[str], *, width: float, height: float, name: str, classes: str, role: str = "group"
) -> Svg:
    """Return the whole picture. ``group`` when it holds links, ``img`` when it holds none."""
    w, h = number(width), number(height)
    return Svg(
        f'<svg class="pic {classes}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'role="{role}" aria-label={attribute(name)}>{"".join(parts)}</svg>'
    )
