"""Whoever works here already opens what their role in the books says; a caretaker, for their buildings alone."""

from django.db import migrations
from django.db.models import F


def take_those_of_the_books(apps, schema_editor):
    members = apps.get_model('people', 'StaffMember').objects.filter(user__isnull=False)
    members.update(desk_role=F('role'))
    members.filter(role='caretaker').update(scope='buildings')


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_desk_roles'),
    ]

    operations = [
        migrations.RunPython(take_those_of_the_books, migrations.RunPython.noop),
    ]
