import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("observations", "0002_own_person")]

    operations = [
        migrations.AlterField("explanation", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AlterField("resolution", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AlterField("pin", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
    ]
