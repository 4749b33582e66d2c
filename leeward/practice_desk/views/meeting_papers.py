"""What leaves the desk for a meeting: the pack on paper, and the file for calendars."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from leeward.audit.traces import as_printed, new_trace
from leeward.conferences.before import actions
from leeward.conferences.before.forms import PackForm
from leeward.conferences.before.models import Meeting
from leeward.conferences.before.queries import called, may_be_chosen, newest_pack, packed
from leeward.conferences.calendar import calendar_file, calendar_name
from leeward.conferences.pack import content_for, meeting_pack, pack_name
from leeward.practice_desk.views.meetings import CHANGED, MeetingForm, OfMeeting


class ChoosePack(MeetingForm):
    """What of the plan lies in the pack."""

    form_class = PackForm
    heading = _("Choose what to take along")
    submit = _("Keep this choice")

    def given(self, meeting: Meeting) -> dict[str, Any]:
        """What there is to choose from."""
        return {"may": may_be_chosen(self.actor, self.person)}

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """As it was chosen last, in what still stands."""
        pack = newest_pack(meeting)
        return {
            "version": pack.number if pack else 0,
            "chosen": [str(each.pk) for each in packed(self.actor, meeting)],
        }

    def save(self, meeting: Meeting, form: PackForm) -> None:
        """Keep the choice."""
        said = form.cleaned_data
        may = {str(each.pk): each.pk for each in form.may}
        try:
            actions.choose_pack(
                by=self.actor,
                meeting=meeting,
                version=said["version"],
                chosen=[may[each] for each in said.get("chosen", [])],
                together=bool(said["together"]),
            )
        except actions.ChangedMeanwhile:
            pack = newest_pack(meeting)
            form.carry("version", pack.number if pack else 0)
            form.add_error(None, str(CHANGED))


class PrintPack(OfMeeting):
    """The pack on paper, in the language they choose."""

    action = "file.print"
    http_method_names = ["get"]

    def asks_fresh(self) -> bool:
        """Paper leaves the building: it asks, unless the agency says otherwise."""
        return bool(settings.LEEWARD_FRESH_FOR_PRINT)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each copy has a code of its own, in the audit before it is on paper."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A file with a neutral name."""
        language = kwargs["copy_language"]
        pdf = meeting_pack(
            content_for(self.actor, self.meeting()),
            name_used=self.person.name_used,
            language=language,
            code=as_printed(self.trace),
        )
        return _attached(pdf, "application/pdf", pack_name(language))


class CalendarFile(OfMeeting):
    """The meeting for calendars, in neutral words."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands: set, moved or called off. Not before the young person was asked."""
        language, stands = kwargs["copy_language"], called(self.meeting())
        if not (stands.may_go_out or stands.called_off):
            raise Http404
        file = calendar_file(stands.sitting, language)
        return _attached(file, "text/calendar; charset=utf-8", calendar_name(language))


def _attached(file: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        file,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
