"""Bringing a spreadsheet, and saying where its columns go."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.concerns.caseload.mapping import (
    Chosen,
    Fault,
    Goes,
    NotAMapping,
    chosen_from,
    guess_columns,
    guess_heading,
)
from leeward.concerns.caseload.sheets import Table, Unreadable, Why, read_table
from leeward.concerns.importing.queries import column_letters
from leeward.core.forms import Choice, LeewardForm, Number
from leeward.core.templatetags.leeward import colon

# Each reason in words, with what to do instead.
UNREADABLE = {
    Why.EMPTY: _("Nothing stands in this file. Choose another file."),
    Why.TOO_LARGE: _("This file is too large. Split it into files of at most 10 megabytes."),
    Why.TOO_MUCH_INSIDE: _(
        "There is too much inside this file. Copy the rows you need into a new one."
    ),
    Why.OTHER_KIND: _("This is no spreadsheet. Choose a CSV or XLSX file."),
    Why.OLD_EXCEL: _(
        "This is an old Excel file, or one with a password. Open it, save it as XLSX without a"
        " password, and choose that."
    ),
    Why.BROKEN: _("This file cannot be read. Open it, save it again as CSV, and choose that."),
    Why.TOO_MANY_ROWS: _("There are more than 50,000 rows. Split the file and bring each part."),
    Why.TOO_MANY_COLUMNS: _("There are more than 100 columns. Take out those you do not need."),
}

FAULTS = {
    Fault.NO_NAME: _("There is no name."),
    Fault.NAME_TOO_LONG: _("A name is longer than 200 letters."),
    Fault.TOO_MANY_NAMES: _("There are more than 12 other names."),
    Fault.NO_COMMA: _("There is no comma between last and first name."),
    Fault.NOT_A_DATE: _("This is no day, month or year with four figures for the year."),
    Fault.OTHER_STYLE: _("This day is written in another style than the column."),
    Fault.FUTURE: _("This day has not come yet."),
    Fault.FORMULA: _("This is a formula. Leeward works none out: put its value there."),
    Fault.ERROR: _("The spreadsheet says that this is an error."),
    Fault.TOO_LONG: _("More than 4,000 letters stand in this cell."),
    Fault.NO_COLUMN: _("Something stands here, beyond the columns that have a place."),
}

GOES = {
    Goes.NAME: _("Name, as it is said"),
    Goes.LAST_FIRST: _("Name, as “last, first”"),
    Goes.FIRST: _("First name"),
    Goes.LAST: _("Last name"),
    Goes.OTHER_NAMES: _("Other names"),
    Goes.PRONOUNS: _("Pronouns"),
    Goes.BORN: _("Birth date"),
    Goes.LANGUAGES: _("Languages"),
    Goes.COMMUNITIES: _("Communities"),
    Goes.CARING: _("Who cares for them"),
    Goes.STRENGTHS: _("Strengths"),
    Goes.REASON: _("Why the file is opened"),
    Goes.OUT: _("Nowhere: it is left out"),
}
STYLES = [
    ("ymd", _("year-month-day")),
    ("dmy", _("day-month-year")),
    ("mdy", _("month-day-year")),
]
CANNOT = {
    "no_name": _("Say which column holds the name."),
    "names_twice": _("Choose a whole name, or first and last name. Not both."),
    "twice": _("Another column goes there too. Keep one of the two, and leave the other out."),
}


class BringForm(LeewardForm):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("CSV or XLSX, at most 10 megabytes. Only its first sheet is read."),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "govuk-file-upload"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Adds `table` when there is nothing to mend."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.too_large:
            self.add_error("file", UNREADABLE[Why.TOO_LARGE])
        elif data.get("file") is None:
            self.add_error("file", _("Choose the file."))
        else:
            try:
                data["table"] = read_table(data.pop("file").read())
            except Unreadable as fault:
                self.add_error("file", UNREADABLE[fault.why])
        return data


class ColumnsForm(LeewardForm):
    """Where each column goes. A guess by its heading is chosen; nothing is left out unsaid.

    One column at most holds days, so how they are written is asked once.
    """

    heading = forms.IntegerField(
        label=_("In which row are the headings?"),
        help_text=_("Write 0 if there are none: then the first row is somebody."),
        min_value=0,
        max_value=20,
        widget=Number,
        error_messages={
            "required": _("Say in which row the headings are."),
            "invalid": _("Write the number of a row."),
        },
    )

    def __init__(self, *args: Any, table: Table, chosen: Chosen | None, **kwargs: Any) -> None:
        heading = chosen.heading if chosen else guess_heading(table)
        kwargs["initial"] = {"heading": heading}
        super().__init__(*args, **kwargs)
        self.width = table.width
        guesses = guess_columns(table, heading)
        for at in range(table.width):
            held = chosen.columns[at] if chosen and at < len(chosen.columns) else None
            self._add(at, self._called(table, heading, at), held or guesses[at])
        columns = chosen.columns if chosen else ()
        born = next((each for each in columns if each.goes is Goes.BORN), None)
        self.fields["style"] = forms.ChoiceField(
            label=_("If one of them holds birth dates, how are they written?"),
            choices=STYLES,
            initial=born.style if born else STYLES[0][0],
            widget=Choice(attrs={"autocomplete": "off"}),
            required=False,
        )

    @staticmethod
    def _called(table: Table, heading: int, at: int) -> str:
        cells = [(each.number, each.cells[at]) for each in table.lines if at < len(each.cells)]
        name = next((text for number, text in cells if number == heading), "")
        seen = [text for number, text in cells if text and number > heading][:2]
        called = f"{colon(column_letters(at))} {name}" if name else column_letters(at)
        return f"{called} ({', '.join(seen)})" if seen else called

    def _add(self, at: int, called: str, held: Any) -> None:
        goes = getattr(held, "goes", held)
        self.fields[f"goes-{at}"] = forms.ChoiceField(
            label=called,
            choices=[("", _("Choose")), *((each.value, text) for each, text in GOES.items())],
            initial=goes.value if goes else "",
            widget=Choice(attrs={"autocomplete": "off"}),
            error_messages={
                "required": _now("Say where column %(column)s goes, or that it is left out.")
                % {"column": column_letters(at)}
            },
        )

    def clean(self) -> dict[str, Any]:
        """Adds `chosen` when it can be."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        style = data["style"] or STYLES[0][0]
        columns = [{"goes": data[f"goes-{at}"], "style": style} for at in range(self.width)]
        try:
            data["chosen"] = chosen_from({"heading": data["heading"], "columns": columns})
        except NotAMapping as fault:
            where = f"goes-{fault.column}" if fault.column is not None else None
            self.add_error(where, CANNOT.get(fault.why, CANNOT["no_name"]))
        return data
