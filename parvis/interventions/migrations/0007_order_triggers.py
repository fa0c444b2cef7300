from django.db import migrations

from parvis.interventions.migrations._order_triggers import drop_triggers, write_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0006_order_declined'),
    ]

    operations = [
        migrations.RunPython(write_triggers, drop_triggers),
    ]
