from django.db import migrations

from parvis.interventions.migrations._state_triggers import drop_triggers, write_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0002_cases'),
    ]

    operations = [
        migrations.RunPython(write_triggers, drop_triggers),
    ]
