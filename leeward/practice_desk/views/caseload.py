"""Bringing in a caseload: the spreadsheet, its columns, a dry run, and going through its rows."""

import contextlib
import logging
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now

from leeward.concerns.importing import actions
from leeward.concerns.importing.forms import FAULTS, BringForm, ColumnsForm
from leeward.concerns.importing.queries import chosen_for, line_of, page_of, table_of
from leeward.concerns.importing.running import STUMBLES, go_on
from leeward.concerns.models import Import, ImportRow
from leeward.core.forms import LeewardForm
from leeward.practice_desk.views.base import DeskView

logger = logging.getLogger(__name__)
# So many rows become files at one press: a few seconds.
AT_A_TIME = 50
# So many rows are looked at to tell how wide a spreadsheet is.
FIRST_ROWS = 200


class Caseloads(DeskView):
    """What I brought, and bringing another."""

    action = "caseload.import"
    nav = "caseloads"
    template_name = "practice_desk/caseloads.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list, and an empty form."""
        return self.draw(BringForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the file, and go on to its columns; or say why it cannot be read."""
        too_large = getattr(request, "upload_too_large", False)
        form = BringForm(request.POST, request.FILES, too_large=too_large)
        if not form.is_valid():
            return self.draw(form, status=422)
        run = actions.begin(by=self.actor, table=form.cleaned_data["table"])
        return redirect("caseload_columns", import_id=run.pk)

    def draw(self, form: BringForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(form=form, runs=actions.read_imports(by=self.actor))
        return self.render_to_response(context, status=status)


class OfCaseload(DeskView):
    """A page about one import; somebody else's is not there."""

    action = "caseload.import"
    nav = "caseloads"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch it first; one that has ended has its own page alone."""
        try:
            self.run = actions.read_import(by=self.actor, import_id=kwargs["import_id"])
        except Import.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The import, for every page of it."""
        return super().get_context_data(**kwargs) | {"run": self.run}

    def back(self) -> HttpResponse:
        """To its page."""
        return redirect("caseload", import_id=self.run.pk)


class Caseload(OfCaseload):
    """How it stands: what is a file, which rows have faults and where, who is alike."""

    template_name = "practice_desk/caseload.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The dry run of what waits."""
        if not self.run.ended_at and chosen_for(self.run) is None:
            return redirect("caseload_columns", import_id=self.run.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the next rows, and name those that could not be taken. To go back, or press again,
        takes none twice."""
        if self.run.ended_at:
            return self.back()
        try:
            stumbled = go_on(self.actor, self.run, most=AT_A_TIME)
        except actions.Ended:
            # Ended in another window.
            return self.back()
        except STUMBLES as fault:
            # Its words may hold what stands in a row.
            logger.error("None of the rows could be taken: %s", type(fault).__name__)
            return self.draw_stumbled(none=True)
        return self.draw_stumbled(stumbled) if stumbled else self.back()

    def draw_stumbled(self, rows: Sequence[int] = (), *, none: bool = False) -> HttpResponse:
        """The page, with which rows could not be taken, or that none could."""
        context = self.get_context_data(stumbled=rows, none_taken=none)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Counts, and every fault in words."""
        page = page_of(self.run)
        faulty = [
            (each.number, [(column, FAULTS[why]) for column, why in each.faults])
            for each in page.faulty
        ]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "faulty": faulty,
            "next": min(AT_A_TIME, page.ready),
        }


class Columns(OfCaseload):
    """Where its columns go."""

    template_name = "practice_desk/caseload_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As they are, or as a guess says."""
        return self.back() if self.run.ended_at else self.draw(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was chosen, and go on to the dry run."""
        if self.run.ended_at:
            return self.back()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        # Ended in another window: its page says so.
        with contextlib.suppress(actions.Ended):
            actions.choose(by=self.actor, run=self.run, chosen=form.cleaned_data["chosen"])
        return self.back()

    def form(self, *data: Any) -> ColumnsForm:
        """The form for this spreadsheet."""
        return ColumnsForm(
            *data, table=table_of(self.run, FIRST_ROWS), chosen=chosen_for(self.run)
        )

    def draw(self, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form,
            heading=_now("Where do the columns go?"),
            lead=_now("Look at each guess. Nothing is read before you have chosen."),
            submit=_now("Try it: open no file yet"),
        )
        return self.render_to_response(context, status=status)


class Row(DeskView):
    """A row with a name like somebody's: a person decides."""

    action = "caseload.import"
    nav = "caseloads"
    template_name = "practice_desk/caseload_row.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the row, and whoever is alike."""
        self.read()
        return super().open(request, *args, **kwargs)

    def read(self) -> None:
        """The row as it stands now."""
        try:
            self.row, self.alike = actions.read_row(
                by=self.actor, import_id=self.kwargs["import_id"], row_id=self.kwargs["row_id"]
            )
        except ImportRow.DoesNotExist as fault:
            raise Http404 from fault

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody else: a file. One of them: the row is left out."""
        chosen = request.POST.get("who")
        fault = ""
        if chosen not in ("else", "them"):
            fault = _now("Say whether it is one of them.")
        else:
            # Decided in another window: the page of the import says how.
            with contextlib.suppress(actions.Ended):
                row = actions.decide(by=self.actor, row=self.row, somebody_else=chosen == "else")
                if row.state == ImportRow.State.ALIKE:
                    self.read()
                    fault = _now("Others are alike by now. Look at them too, then answer again.")
        if fault:
            return self.render_to_response(self.get_context_data(fault=fault), status=422)
        return redirect("caseload", import_id=self.row.of_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands in the row, and who is alike."""
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "cells": [each for each in line_of(self.row).cells if each],
            "alike": self.alike,
        }


class End(OfCaseload):
    """End it: what is no file is left out, and the spreadsheet is gone."""

    template_name = "practice_desk/caseload_end.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, where the worker has said that the rest is left out."""
        leave_out = request.POST.get("leave_out") == "yes"
        try:
            actions.end(by=self.actor, run=self.run, leave_out=leave_out)
        except actions.StillWaiting:
            fault = _now("Tick the box to leave these rows out, or go back to the caseload.")
            return self.render_to_response(self.get_context_data(fault=fault), status=422)
        except actions.Ended:
            return self.back()
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many would be left out."""
        return super().get_context_data(**kwargs) | {"page": page_of(self.run)}
