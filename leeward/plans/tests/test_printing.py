"""The printed copy: what is in the file, what is not, and that words are never read as code."""

import json
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from leeward.plans import printing
from leeward.plans.copy.lettering import file_of_words, words_in
from leeward.plans.printing import CopyFailed, copy_name, set_in_type
from leeward.plans.sections import sections
from leeward.plans.tests.copies import (
    DAY,
    LANGUAGES,
    News,
    Page,
    Rows,
    Step,
    Words,
    edges,
    opened,
    pages_of,
    print_it,
    saying,
    squashed,
    tags_of,
    text_of,
    told_about,
)
from leeward.practice_model.loader import builtin_model

# The file


@pytest.mark.parametrize("language", LANGUAGES)
def test_copy_is_a_tagged_accessible_pdf(language):
    pdf = opened(print_it(language=language))
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == f"{language}-CA"
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
    tags = tags_of(root.StructTreeRoot.K)
    assert tags.count("/H1") == 7
    assert tags.count("/TH") == 4
    assert tags.count("/TD") == 8
    assert {"/Title", "/Table", "/THead", "/L", "/LI", "/P"} <= set(tags)


@pytest.mark.parametrize(
    ("language", "title", "file"),
    [("en", "My plan", "my-plan.pdf"), ("fr", "Mon plan", "mon-plan.pdf")],
)
def test_title_and_file_name_are_neutral_and_nothing_else_is_told(language, title, file):
    made = print_it(language=language)
    pdf = opened(made)
    assert copy_name(language) == file
    assert str(pdf.docinfo["/Title"]) == title
    assert set(pdf.docinfo.keys()) == {"/Title", "/Creator"}
    assert str(pdf.docinfo["/Creator"]).startswith("Typst")
    told = told_about(made)
    for word in ("dc:creator", "dc:subject", "CreateDate", "Noʔeli", "Auntie"):
        assert word not in told


def test_copy_is_us_letter():
    with opened(print_it()) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]


def test_every_typeface_is_in_the_file():
    with opened(print_it(name="ᓄᐁᓖ Noʔeli")) as pdf:
        held = {
            str(font.BaseFont).partition("+")[2]: set(
                font.DescendantFonts[0].FontDescriptor.keys()
            )
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert {"AtkinsonHyperlegibleNext-Bold", "NotoSansCanadianAboriginal-Regular"} <= set(held)
    assert all(keys & {"/FontFile2", "/FontFile3"} for keys in held.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_plan_gives_the_same_bytes(language):
    assert print_it(language=language) == print_it(language=language)


def test_copies_made_at_once_do_not_mix():
    names = [f"{name} Example" for name in ("Noʔeli", "Sélu", "ᓄᐁᓖ", "سارة")] * 4
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: print_it(name=name), names))
    assert made == [print_it(name=name) for name in names]


def test_nothing_is_written_to_disk(tmp_path, monkeypatch):
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in printing.COPY.rglob("*")}
    saying("陈 is my friend")
    assert not list(tmp_path.iterdir())
    assert {path: path.stat().st_mtime_ns for path in printing.COPY.rglob("*")} == before


# The words


@pytest.mark.parametrize("language", LANGUAGES)
def test_copy_says_the_plan_in_its_language(language):
    text, words = text_of(print_it(language=language)), words_in(language)
    for key in "title who what by done ready went talk".split():
        assert squashed(words[key]) in text, key
    for key in "matters good_at want step anchor".split():
        assert squashed(sections()[key].title(language)) in text, key
    for said in ("My little brother", "A door that locks", "Ottoline Made-Up", "2025-10-16"):
        assert squashed(said) in text
    assert squashed(words["quoted"].format(words="Cake!")) in text
    assert squashed(words["copy_for"].format(name="Noʔeli")) in text
    assert squashed(words["page"].format(page=1, pages=1)) in text


def test_both_languages_have_every_wording():
    words = file_of_words()
    assert set(words["en"]) == set(words["fr"])
    assert all(words[language][key] for language in LANGUAGES for key in words[language])
    assert all(set(said) == set(LANGUAGES) for said in words["pictures"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_numbers_are_those_of_the_practice_model(language):
    model = {line.id: getattr(line.number, language) for line in builtin_model().help_lines}
    words = words_in(language)
    assert (words["danger_number"], words["talk_number"]) == (model["911"], model["hotline"])
    text = text_of(print_it(Page(), language=language))
    assert squashed(model["hotline"]) in text
    assert model["911"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_copy_names_no_purpose_organisation_or_stage(language):
    made = print_it(Page(), language=language)
    told = (text_of(made) + told_about(made)).casefold()
    model = builtin_model()
    never = [squashed(getattr(stage.name, language)).casefold() for stage in model.stages.values()]
    never += "leeward traffick traite exploit agency agence worker intervenant society".split()
    never += "société risk risque stage étape hotline victim case".split()
    assert len(never) > 15
    assert [word for word in never if word in told] == []


def test_step_without_a_day_is_for_when_they_are_ready():
    text = text_of(print_it(Page(open_steps=[Step("Call Pim")])))
    assert squashed("Call Pim when I am ready") in text
    assert squashed("when I am ready") not in text_of(
        print_it(Page(open_steps=[Step("Call Pim", due_on=DAY)]))
    )


def test_step_let_go_is_not_held_up_to_them():
    done = [Step("Quit vaping", news=Rows([News("let_go", words="not now")]))]
    text = text_of(print_it(Page(done_steps=done)))
    assert "vaping" not in text
    assert squashed(words_in("en")["went"]) not in text


def test_step_done_twice_tells_each_in_order():
    text = text_of(print_it())
    assert text.index("Doneon2025-10-16") < text.index("Celebratedon2025-10-16")


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_plan_leaves_room_to_write(language):
    pdf = opened(print_it(Page(), language=language))
    assert len(pdf.pages) == 1
    assert (
        text_of(print_it(Page(), language=language)).count(squashed(words_in(language)["open"]))
        == 5
    )
    assert tags_of(pdf.Root.StructTreeRoot.K).count("/TR") == 4


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="en or fr"):
        print_it(language="de")


# Words are data, never markup


INJECTED = [
    '#import "/etc/passwd"',
    "*bold* _slanted_",
    "$x$ $ sum_i $",
    '#read("/etc/hostname")',
    "<label> @label",
    "\\ \\u{41} \\n \\\\",
    "[[[ }} ) ((",
    "= Title",
    "- item",
    "/ term: said",
    "`raw` ```typ #panic()```",
    "// not a comment /* nor this */",
    "~ -- --- ... 'quoted' \"quoted\"",
    "{name} {page} {words}",
    "%PDF (a) Tj",
    "https://example.invalid/a",
]


@pytest.mark.parametrize("written", INJECTED)
def test_markup_comes_out_as_written(written):
    page = Page(
        Words(matters=written, good_at=written, want=written, anchor=written),
        [Step(written, "me")],
        [Step(written, news=Rows([News("done", words=written)]))],
    )
    assert text_of(print_it(page)).count(squashed(written)) == 7
    assert squashed(written) in text_of(print_it(Page(), name=written))


def test_templates_never_read_words_as_code():
    for file in printing.COPY.glob("*.typ"):
        called = set(
            re.findall(
                r"\b(eval|read|include|plugin|image(?!\(\s*bytes\()|csv|yaml|toml|xml)\(",
                file.read_text(),
            )
        )
        assert not called, file.name
        assert set(re.findall(r'#import "([^"]+)"', file.read_text())) <= {
            "letters.typ",
            "cover.typ",
        }


@pytest.mark.parametrize("path", ["/etc/hostname", "../printing.py", "/../printing.py"])
def test_no_file_outside_the_templates_can_be_read(path):
    document = '#set document(title: "x")\n#read("{}")'
    inside = document.format("letters.typ").encode()
    assert set_in_type(inside, {})
    with pytest.raises(typst.TypstError):
        set_in_type(document.format(path).encode(), {})


def test_failure_tells_no_words(monkeypatch):
    monkeypatch.setattr(printing, "NOT_DRAWN", re.compile("never()"))
    with pytest.raises(CopyFailed) as caught:
        saying("陈 secret")
    assert "陈" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


# Size


def test_forty_steps_repeat_the_head_of_the_table():
    steps = [Step(f"Step number {at} of forty, a small one, every week or so") for at in range(40)]
    pages = [squashed(text) for text in pages_of(print_it(Page(open_steps=steps)))]
    holding = [text for text in pages if "Stepnumber" in text]
    assert len(holding) >= 2
    assert all("WhoDoeswhatByDone" in text for text in holding)
    assert sum(text.count("Stepnumber") for text in pages) == 40
    assert f"Page{len(pages)}of{len(pages)}" in pages[-1]


def test_three_thousand_words_all_come_out():
    words = [f"word{at}" for at in range(3000)]
    made = saying(" ".join(words))
    pages = pages_of(made)
    found = re.findall(r"word(\d+?)(?=word|\D|$)", squashed("".join(pages)))
    assert set(map(str, range(3000))) <= set(found)
    assert len(pages) > 5
    assert all("This copy is for Noʔeli" in text for text in pages)


@pytest.mark.parametrize("name", ["A" * 60, "Kawennahere Grandmother-Example " * 2, "ᓄᐁᓖ" * 20])
def test_sixty_letter_name_stays_on_the_page(name):
    page = Page(Words(anchor=name), [Step("Visit", name)])
    made = print_it(page, name=name)
    assert text_of(made).count(squashed(name)) == 4
    with opened(made) as pdf:
        right = max(edge for page in pdf.pages for edge in edges(page))
    assert 400 < right <= 612 - 54 + 0.5


def test_words_travel_as_json():
    """Half a surrogate pair cannot reach typst, and nothing else is changed on the way."""
    data = printing._data(Page(Words(matters='"\ud800é')), name_used="é", language="en", on=DAY)
    assert json.loads(json.dumps(data))["sections"][0]["said"] == [{"dir": "ltr", "lines": ['"é']}]
