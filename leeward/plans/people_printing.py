"""My people on paper: the picture on one sheet, good enough for a wall, and a table after it.

It stands here because here is what sets copies in type, and the circle is a floor below (ADR 52).
Nothing on it says whose it is, which agency made it, who may be told what or what a worker marked.
"""

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leeward.plans.copy.lettering import Language, clean, direction, paragraphs
from leeward.plans.printing import COPY, typeset
from leeward.relationships.in_words import about_in_words, key_of, part_in_words
from leeward.relationships.models import Ring, Stands
from leeward.relationships.picture.draw import KeyItem, sample_file, without_words, words_of
from leeward.relationships.picture.layout import lay_out
from leeward.relationships.picture.shapes import PAPER, Circle, Node, Texts
from leeward.relationships.queries import CirclePage, Standing

# The ink and the plum of the notebook (look), on white.
STYLE = (
    "path{fill:none}.ring{fill:none;stroke:#B9B2A6;stroke-width:1}.ringtag{fill:#fff;stroke:none}"
    ".behind{fill:#fff;fill-opacity:.9}"
    ".me-mark{fill:#5F3B70;stroke:#fff;stroke-width:4}"
    ".nd{fill:#fff;stroke:#211E29;stroke-width:2}.nd--of{stroke-width:1.5}"
    ".anchor-ring{fill:#fff;stroke:#5F3B70;stroke-width:2}"
    ".anchor-ring+.nd{fill:#5F3B70;stroke:#5F3B70}"
    ".tie--anchor{stroke:#5F3B70;stroke-width:6}.tie--within{stroke:none}"
    ".tie--strong{stroke:#211E29;stroke-width:5}.tie--thin{stroke:#211E29;stroke-width:1.5}"
    ".tie--tense{stroke:#211E29;stroke-width:1.75;stroke-linejoin:round}"
    ".tie--ended{stroke:#211E29;stroke-width:1.75}.tie--cut{stroke:#211E29;stroke-width:2.25}"
    ".tie--distance{stroke:#7E7680;stroke-width:2;stroke-dasharray:.1 6;stroke-linecap:round}"
    ".breakwater{stroke:#5F3B70;stroke-width:6;stroke-linecap:round}"
)
# A column of the table is so wide: longer runs of letters may break.
WIDEST = 14
# Bold is a little wider than the weight that words are measured in.
NARROWER = 0.975


@cache
def _file_of_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "my-people.toml").read_text(encoding="utf-8"))


def people_copy_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: my-people.pdf or mes-gens.pdf."""
    return _file_of_words()[language]["file_name"]


def people_copy(page: CirclePage, *, language: Language, on: dt.date, code: str = "") -> bytes:
    """My people as a PDF/UA-1 file on US Letter, in English or French; the same bytes every time.

    `on` is the day printed on it; `code`, if any, stands on every page. Raises CopyFailed.
    """
    words = _file_of_words()[language]
    with translation.override(language):
        data = {
            "words": words,
            "on": on.isoformat(),
            "code": words["code"].replace("{code}", code) if code else "",
            "me": _("me"),
            "rings": {ring.value: str(ring.label) for ring in Ring},
            "ties": [_tie(each) for each in page.inside],
            "key": [_sample(each) for each in key_of(_("my person"))],
            "signs": False,
        }
    return typeset("my-people.typ", data, language, _drawn)


def _sample(item: KeyItem) -> dict[str, str]:
    return {"svg": sample_file(item, STYLE), "words": item.words}


def _tie(each: Standing) -> dict[str, Any]:
    how = str(Stands(each.facts.stands).label)
    return {
        "turn": each.turn,
        "name": clean(each.version.name),
        "part": clean(part_in_words(each)),
        "kind": each.facts.kind,
        "ring": each.facts.ring,
        "stands": each.facts.stands,
        "anchor": each.anchor,
        "how": f"{_('my person')}, {how}" if each.anchor else how,
        "near": str(Ring(each.facts.ring).label),
        "what": ", ".join(about_in_words(each.facts)),
    }


def _drawn(data: dict[str, Any]) -> dict[str, Any]:
    """With the picture, from the words as they will stand on paper, and the rows of the table."""
    nodes = tuple(
        Node(str(nth), **{name: each[name] for name in NODE})
        for nth, each in enumerate(data["ties"])
    )
    circle = Circle(data["me"], nodes, Texts("", data["rings"], lambda node: node.name))
    found = lay_out(circle, PAPER)
    lines = [
        {"x": x, "y": y, "at": at, "words": said, "dir": direction(said)} | _type(classes)
        for x, y, at, classes, said in words_of(found, circle)
    ]
    rows = [
        each | {name: paragraphs(each[name], WIDEST) for name in ("name", "part")}
        for each in data["ties"]
    ]
    return data | {
        "rows": rows,
        "picture": {
            "svg": without_words(found, circle, STYLE),
            "width": found.shape.width,
            "height": found.shape.height,
            "lines": lines,
        },
    }


NODE = ("turn", "name", "part", "kind", "ring", "stands", "anchor")


def _type(classes: str) -> dict[str, Any]:
    """How a line of the picture is set: its size, its weight, and whose ink."""
    names = classes.split()
    bold = "w6" in names or "w7" in names
    size = float(names[0].removeprefix("t")) * (NARROWER if bold else 1.0)
    inks = {"t14 w6": "ink", "t13": "own", "t13 w6": "ink-2"}
    return {"size": size, "bold": bold, "ink": inks.get(classes, "white")}
