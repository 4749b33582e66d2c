"""Every row about a young person names them itself, so that keys and row-level security need no
join. Filled from the row that each hangs on; what must not be empty is said in the next migration,
because PostgreSQL changes no table with updates still pending in it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

# Each model, and the way from it to its person.
WAYS = [("explanation", "observation__person"), ("resolution", "opinion__person"), ("pin", "observation__person")]


def fill(apps, schema_editor):
    database = schema_editor.connection.alias
    for name, way in WAYS:
        rows = apps.get_model("observations", name).objects.using(database)
        whose = rows.filter(pk=OuterRef("pk")).values(way)[:1]
        rows.update(person=Subquery(whose))


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("explanation", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AddField("resolution", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AddField("pin", "person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
