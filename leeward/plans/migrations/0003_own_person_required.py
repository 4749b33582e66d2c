import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_own_person")]

    operations = [
        migrations.AlterField("planversion", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AlterField("step", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
        migrations.AlterField("stepnews", "person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson")),
    ]
