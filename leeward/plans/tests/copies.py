"""For tests of printed copies: plans without a database, and a reader of the PDF they become."""

import datetime as dt
import io
import re
import unicodedata
from dataclasses import dataclass, field

import pikepdf

from leeward.plans.printing import plan_copy
from leeward.plans.queries import ShownSection
from leeward.plans.sections import sections

DAY = dt.date(2025, 10, 16)
LANGUAGES = ("en", "fr")
SPACES = re.compile("[\\s\u200b\u2068\u2069]")


@dataclass
class News:
    kind: str
    on: dt.date = DAY
    words: str = ""


@dataclass
class Rows:
    rows: list[News] = field(default_factory=list)

    def __iter__(self):
        return iter(self.rows)


@dataclass
class Step:
    what: str
    who: str = "me"
    due_on: dt.date | None = None
    news: Rows = field(default_factory=Rows)

    @property
    def words(self):
        return self.what


@dataclass
class Item:
    words: str


@dataclass
class Words:
    matters: str = ""
    good_at: str = ""
    want: str = ""
    anchor: str = ""


@dataclass
class Page:
    words: Words | None = None
    open_steps: list[Step] = field(default_factory=list)
    done_steps: list[Step] = field(default_factory=list)

    @property
    def sections(self):
        said = self.words or Words()
        return [
            ShownSection(each, [Item(words)] if (words := getattr(said, key, "")) else [])
            for key, each in sections().items()
            if each.part == "plan"
        ]


PLAN = Page(
    Words("My little brother", "Drawing, listening", "A door that locks", "Auntie Example"),
    [Step("Get my health card", "Ottoline Made-Up", DAY), Step("Visit the art room")],
    [Step("Finish the mural", news=Rows([News("done"), News("celebrated", DAY, "Cake!")]))],
)


def print_it(page=PLAN, name="Noʔeli", language="en", cover=None):
    return plan_copy(page, name_used=name, language=language, on=DAY, cover=cover)


def saying(text):
    return print_it(Page(Words(matters=text)))


def opened(made):
    """The file, to look into; keep it in a name while you do."""
    return pikepdf.open(io.BytesIO(made))


def letters_of(font):
    """What each glyph of a font says, from its ToUnicode map."""
    said = {}
    for glyph, code in re.findall(
        r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE
    ):
        said[int(glyph, 16)] = bytes.fromhex(code).decode("utf-16-be")
    return said


def page_text(page):
    """The text of a page in the order it is drawn, read as a reader of the file would."""
    fonts = {name: letters_of(font) for name, font in page.Resources.Font.items()}
    found, font, spoken = [], {}, []
    for each in pikepdf.parse_content_stream(page):
        operands, operator = each.operands, str(each.operator)
        match operator:
            case "Tf":
                font = fonts[str(operands[0])]
            case "BDC":
                instead = operands[1].get("/ActualText")
                spoken.append(instead is not None)
                found.append("" if instead is None else str(instead))
            case "BMC":
                spoken.append(False)
            case "EMC":
                spoken.pop()
            case "Tj" | "TJ" if not any(spoken):
                parts = operands[0] if operator == "TJ" else operands
                drawn = b"".join(bytes(run) for run in parts if isinstance(run, pikepdf.String))
                found += [
                    font.get(int.from_bytes(drawn[at : at + 2], "big"), "")
                    for at in range(0, len(drawn), 2)
                ]
    return "".join(found)


def squashed(text):
    """Without spaces, which lines and columns swallow, and composed."""
    return unicodedata.normalize("NFC", SPACES.sub("", text))


def pages_of(made):
    """The text of each page."""
    with opened(made) as pdf:
        return [page_text(page) for page in pdf.pages]


def text_of(made):
    """All the text, squashed."""
    return squashed("".join(pages_of(made)))


def told_about(made):
    """The metadata of the file, as written."""
    with opened(made) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


def tags_of(node):
    """Every structure tag under a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [tag for each in node for tag in tags_of(each)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [str(node.S), *tags_of(node.get("/K", pikepdf.Array()))]


def edges(page) -> list[float]:
    """Where each run of text on a page ends, in points from its left side."""
    widths = {name: glyph_widths(font) for name, font in page.Resources.Font.items()}
    found, scale, shift, across, size, font, kept = [], 1.0, 0.0, 0.0, 0.0, {}, []
    for each in pikepdf.parse_content_stream(page):
        operands, operator = each.operands, str(each.operator)
        match operator:
            case "q":
                kept.append((scale, shift))
            case "Q":
                scale, shift = kept.pop()
            case "cm":
                shift += scale * float(operands[4])
                scale *= float(operands[0])
            case "Tf":
                font, size = widths[str(operands[0])], float(operands[1])
            case "Tm":
                across = float(operands[4])
            case "Tj" | "TJ":
                run = length(operands[0] if operator == "TJ" else operands, font)
                found.append(shift + scale * (across + run * size / 1000))
    return found


def length(parts, font):
    """How far a run of glyphs goes, in thousandths of its size."""
    total = 0.0
    for each in parts:
        if isinstance(each, pikepdf.String):
            drawn = bytes(each)
            codes = [int.from_bytes(drawn[at : at + 2], "big") for at in range(0, len(drawn), 2)]
            total += sum(font[code] for code in codes)
        else:
            total -= float(each)
    return total


def glyph_widths(font):
    """The width of each glyph, from the font's W array."""
    own = font.DescendantFonts[0]
    found = dict.fromkeys(range(0x10000), float(own.get("/DW", 1000)))
    given = list(own.W)
    while given:
        first = int(given.pop(0))
        following = given.pop(0)
        if isinstance(following, pikepdf.Array):
            found |= {first + at: float(width) for at, width in enumerate(following)}
        else:
            found |= dict.fromkeys(range(first, int(following) + 1), float(given.pop(0)))
    return found
