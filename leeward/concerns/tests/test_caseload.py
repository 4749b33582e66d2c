"""An agency's spreadsheet: nothing lost, nothing guessed, nothing worked out, every fault said."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from leeward.concerns.caseload import mapping
from leeward.concerns.caseload.mapping import (
    Chosen,
    Column,
    Fault,
    Goes,
    NotAMapping,
    chosen_from,
    guess_columns,
    guess_heading,
    read_date,
    said_by,
    turned,
)
from leeward.concerns.caseload.sheets import MOST_ROWS, Mark, Unreadable, Why, read_table
from leeward.people import rules as people

TODAY = dt.date(2026, 11, 29)
NAME_BORN = Chosen(1, (Column(Goes.NAME), Column(Goes.BORN, "dmy")))
CELL = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters="=\ufeff"
    ),
    min_size=1,
    max_size=20,
)


def as_csv(rows, separator=",", encoding="utf-8"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, merge=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for each in merge:
        book.active.merge_cells(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_cell_of_a_csv_comes_out_as_it_went_in(rows, separator, encoding):
    # The separator is told by what is there: other signs of its kind inside cells are quoted.
    rows = [[each.translate({ord(c): "." for c in ',;\t"'}) for each in row] for row in rows]
    table = read_table(as_csv(rows, separator, encoding))
    assert [list(each.cells) for each in table.lines] == rows


def test_letters_of_an_old_windows_are_read():
    table = read_table(as_csv([["Prénom"], ["Maëlle"], ["l’été"]], encoding="cp1252"))
    assert [each.cells[0] for each in table.lines] == ["Prénom", "Maëlle", "l’été"]


@given(st.binary(max_size=400))
def test_whatever_comes_is_a_table_or_a_reason(data):
    try:
        table = read_table(data)
    except Unreadable:
        return
    for said in said_by(table, NAME_BORN, TODAY):
        assert said.name_used or said.faults


def test_a_workbook_with_merged_cells_two_styles_and_blanks():
    rows = [
        ["Our caseload", None, None],
        ["Name", "Born", "Home"],
        ["Sample, Tam", dt.date(2010, 3, 4), "House A"],
        ["Example, Lou", "04/03/2011", None],
        [None, None, None],
        ["Pretend", "2012-13-40", "House B"],
        ["=A3", "13/31/2010", None],
    ]
    table = read_table(as_xlsx(rows, ["A1:C1", "C3:C4"]))
    assert guess_heading(table) == 2
    assert guess_columns(table, 2) == [Goes.NAME, Goes.BORN, None]
    chosen = Chosen(2, (Column(Goes.LAST_FIRST), Column(Goes.BORN, "dmy"), Column(Goes.CARING)))
    tam, lou, bad, worst = said_by(table, chosen, TODAY)
    assert (tam.name_used, tam.details["born"], tam.faults) == ("Tam Sample", "2010-03-04", ())
    assert (lou.name_used, lou.details["born"]) == ("Lou Example", "2011-03-04")
    assert (lou.details["caring"], lou.merged) == ("House A", (2,))
    assert bad.number == 6
    assert bad.faults == ((0, Fault.NO_COMMA), (1, Fault.NOT_A_DATE))
    assert worst.faults == ((0, Fault.FORMULA), (1, Fault.NOT_A_DATE))
    assert mapping.blank_rows(table, chosen) == 1


def test_a_formula_is_never_worked_out_wherever_it_stands():
    for data in (as_csv([["Name"], ["=1+1"]]), as_xlsx([["Name"], ["=1+1"]])):
        (line,) = read_table(data).lines[1:]
        assert line.cells == ("=1+1",)
        assert line.marks == ((0, Mark.FORMULA),)


@given(
    st.dates(dt.date(1990, 1, 1), TODAY), st.sampled_from(mapping.STYLES), st.sampled_from("-/.")
)
def test_a_day_is_read_by_its_style_and_by_no_other(day, style, between):
    order = {"ymd": "%Y{0}%m{0}%d", "dmy": "%d{0}%m{0}%Y", "mdy": "%m{0}%d{0}%Y"}
    text = day.strftime(order[style].format(between))
    assert read_date(text, style, TODAY) == (day.isoformat(), None)
    if style == "dmy" and day.day > 12:
        assert read_date(text, "mdy", TODAY) == ("", Fault.OTHER_STYLE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2010", ("2010", None)),
        ("2010-04", ("2010-04", None)),
        ("2027-01-01", ("", Fault.FUTURE)),
        ("4/5/10", ("", Fault.NOT_A_DATE)),
        ("last spring", ("", Fault.NOT_A_DATE)),
        ("2010-02-30", ("", Fault.NOT_A_DATE)),
        ("2010-03-04 00:00:00", ("2010-03-04", None)),
    ],
)
def test_what_else_stands_where_a_day_should(text, said):
    assert read_date(text, "ymd", TODAY) == said


@given(CELL, CELL)
def test_a_name_in_one_column_loses_no_letter(last, first):
    last, first = last.replace(",", "."), first.replace(",", ".")
    assert turned(f"{last}, {first}") == f"{first} {last}"


@given(st.lists(CELL, min_size=3, max_size=6))
def test_no_column_is_dropped_unsaid(cells):
    (said,) = said_by(read_table(as_csv([["a", "b"], [c.replace('"', "") or "x" for c in cells]])),
                      Chosen(1, (Column(Goes.NAME), Column(Goes.OUT))), TODAY)  # fmt: skip
    beyond = {at for at, fault in said.faults if fault is Fault.NO_COLUMN}
    assert beyond == set(range(2, len(cells)))


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(201):
                part.write(b"0" * 1024 * 1024)
    return out.getvalue()


def entities():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.EMPTY),
        (b"\n,,\n", Why.EMPTY),
        (b"a" * (10 * 1024 * 1024 + 1), Why.TOO_LARGE),
        (bomb(), Why.TOO_MUCH_INSIDE),
        (entities(), Why.TOO_MUCH_INSIDE),
        (b"PK\x03\x04 not one", Why.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OLD_EXCEL),
        (b"%PDF-1.7\x00\x00", Why.OTHER_KIND),
        (b"n\n" + b"a\n" * MOST_ROWS, Why.TOO_MANY_ROWS),
        (b"," * 100 + b"x", Why.TOO_MANY_COLUMNS),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_read_says_why(data, why):
    with pytest.raises(Unreadable) as fault:
        read_table(data)
    assert fault.value.why is why


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [{"goes": "out"}],
        [{"goes": "name"}, {"goes": "first"}],
        [{"goes": "first"}, {"goes": "first"}],
        [{"goes": "nowhere"}],
        [{"goes": "name", "style": "often"}],
        "name",
    ],
)
def test_a_mapping_that_cannot_be_is_refused(columns):
    with pytest.raises(NotAMapping):
        chosen_from({"heading": 1, "columns": columns})


def test_a_mapping_is_the_same_after_a_round_trip():
    assert chosen_from(NAME_BORN.as_json()) == NAME_BORN


def test_limits_are_those_of_people():
    assert (mapping.MOST_NAMES, mapping.LONGEST_NAME) == (people.MOST_NAMES, people.LONGEST_NAME)


def test_a_caseload_of_thirty_thousand_is_read():
    rows = [["Name", "Born"]] + [[f"Tam Sample {n}", "04/03/2010"] for n in range(30_000)]
    said = list(said_by(read_table(as_csv(rows)), NAME_BORN, TODAY))
    assert len(said) == 30_000
    assert not any(each.faults for each in said)
