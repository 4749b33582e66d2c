"""Lines for `Installation.python`: a file closed long ago, and the two who dispose of it."""

SETTING = (
    "import datetime as dt",
    "from leeward.access.actors import actor_for",
    "from leeward.accounts.models import Agency, Worker",
    "from leeward.keeping.actions import approve_disposal, ask_disposal",
    "from leeward.keeping.models import Disposal",
    "from leeward.people.models import FileEvent, YoungPerson",
    "from leeward.sealing import keyring",
)

# Prints the ids of the two young people: who goes, and who stays.
CLOSE_ONE = (
    *SETTING,
    "first = YoungPerson.objects.filter(agency=Agency.objects.earliest('id'))",
    "goes, stays = first.exclude(observations=None).order_by('id').distinct()[:2]",
    "YoungPerson.objects.filter(pk=goes.pk).update(state='closed')",
    "worker = Worker.objects.filter(agency=goes.agency).first()",
    "closed = FileEvent(person=goes, recorded_by=worker, kind='closed', reason='moved away')",
    "closed.on = dt.date(1999, 3, 10)",
    "closed.save()",
    "print(goes.pk, stays.pk)",
)

ASK_AND_APPROVE = (
    *SETTING,
    "goes = YoungPerson.objects.get(pk='{goes}')",
    "asks = Worker.objects.filter(agency=goes.agency, role='supervisor').first()",
    "agrees = Worker(agency=goes.agency, username='second-officer', role='privacy_officer')",
    "agrees.display_name, agrees.language = 'Lou Pretend', 'en'",
    "agrees.save()",
    "asked = ask_disposal(by=actor_for(asks), person_id=goes.pk)",
    "approve_disposal(by=actor_for(agrees), disposal_id=asked.pk)",
)

# Prints what of one young person opens, one line each.
READ = (
    "from leeward.people.models import YoungPerson",
    "from leeward.observations.models import Observation",
    "from leeward.sealing.codec import DoesNotOpen",
    "def opens(read):",
    "    try:",
    "        return bool(read())",
    "    except Exception as fault:",
    "        return type(fault).__name__",
    "person = YoungPerson.objects.filter(pk='{person}').first()",
    "print('there' if person else 'gone')",
    "print(opens(lambda: person.name_used))",
    "print(opens(lambda: Observation.objects.filter(person_id='{person}').first().text))",
)


def lines(template: tuple[str, ...], **values: str) -> tuple[str, ...]:
    """The lines with ids put in."""
    filled = list(template)
    for name, value in values.items():
        filled = [each.replace("{" + name + "}", value) for each in filled]
    return tuple(filled)
