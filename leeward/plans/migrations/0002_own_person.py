"""Every row about a young person names them itself, so that keys and row-level security need no
join. Filled from the row that each hangs on; what must not be empty is said in the next migration,
because PostgreSQL changes no table with updates still pending in it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

# Each model, and the way from it to its person.
WAYS = [("planversion", "plan__person"), ("step", "plan__person"), ("stepnews", "step__plan__person")]


def fill(apps, schema_editor):
    database = schema_editor.connection.alias
    for name, way in WAYS:
        rows = apps.get_model("plans", name).objects.using(database)
        whose = rows.filter(pk=OuterRef("pk")).values(way)[:1]
        rows.update(person=Subquery(whose))


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("planversion", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AddField("step", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AddField("stepnews", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
