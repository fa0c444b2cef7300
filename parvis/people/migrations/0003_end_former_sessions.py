"""Sessions opened before browsers were known do not say how their holder was proven: everybody signs in again."""

from django.db import migrations


def end_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()
    apps.get_model("people", "SignedInSession").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0002_factors"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(end_sessions, migrations.RunPython.noop)]
