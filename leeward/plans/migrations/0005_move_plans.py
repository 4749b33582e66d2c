"""What plans said moves into items: a heading each, with its versions; steps with how they went.

All of it was shared with the team, and written down by a worker. Sealed values are opened where
they lay and sealed where they go: a value opens at its own place alone.
"""

from django.db import migrations

SECTIONS = ("matters", "good_at", "want", "anchor")


def _as_of(row, old):
    """Keep when it was recorded: `auto_now_add` would say today."""
    type(row).objects.filter(pk=row.pk).update(recorded_at=old.recorded_at)


def move(apps, schema_editor):
    models = {each: apps.get_model("plans", each) for each in (
        "Item", "ItemVersion", "ItemNews", "PlanVersion", "Step", "StepNews",
    )}
    for model in models.values():
        # Whose key seals a row; what a migration knows of a model holds no such thing.
        model.holder = "person_id"
    _move_words(models)
    _move_steps(models)


def _item(models, old, section):
    row = models["Item"].objects.create(
        person_id=old.person_id, recorded_by_id=old.recorded_by_id, section_key=section
    )
    _as_of(row, old)
    return row


def _version(models, item, old, **given):
    row = models["ItemVersion"].objects.create(
        person_id=old.person_id, item=item, recorded_by_id=old.recorded_by_id, sees="team", **given
    )
    _as_of(row, old)


def _move_words(models):
    for person in models["PlanVersion"].objects.values_list("person", flat=True).distinct():
        stood = {}
        for old in models["PlanVersion"].objects.filter(person=person).order_by("number"):
            for section in SECTIONS:
                words = getattr(old, section)
                item, number, before = stood.get(section, (None, 0, ""))
                if words == before:
                    continue
                item = item or _item(models, old, section)
                _version(models, item, old, number=number + 1, words=words)
                stood[section] = (item, number + 1, words)


def _move_steps(models):
    for old in models["Step"].objects.all():
        item = _item(models, old, "step")
        _version(models, item, old, number=1, words=old.what, who=old.who, due_on=old.due_on)
        for news in models["StepNews"].objects.filter(step=old):
            row = models["ItemNews"].objects.create(
                person_id=old.person_id,
                item=item,
                recorded_by_id=news.recorded_by_id,
                kind=news.kind,
                on=news.on,
                words=news.words,
            )
            _as_of(row, news)


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_items")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
