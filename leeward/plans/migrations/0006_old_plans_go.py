"""The plans of before go, once every word of them stands in an item."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_move_plans")]

    operations = [
        migrations.DeleteModel("StepNews"),
        migrations.DeleteModel("Step"),
        migrations.DeleteModel("PlanVersion"),
        migrations.DeleteModel("Plan"),
    ]
