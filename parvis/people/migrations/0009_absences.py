"""When somebody of the agency is away, and who answers."""

import django.db.models.deletion
import parvis.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_opening_hours'),
        ('people', '0008_household_changes_reads'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffAbsence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('starts_on', models.DateField(verbose_name='depuis')),
                ('ends_on', models.DateField(verbose_name='jusqu’au')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence')),
                ('replacement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='people.staffmember', verbose_name='remplacé par')),
                ('staff_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.staffmember', verbose_name='collaborateur')),
            ],
            options={
                'verbose_name': 'absence',
                'ordering': ['staff_member_id', 'starts_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('staff_member', 'starts_on'), name='absence_once'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_it_starts', violation_error_message='La date de fin précède la date de début.'), models.CheckConstraint(condition=models.Q(('replacement', None), models.Q(('replacement', models.F('staff_member')), _negated=True), _connector='OR'), name='absence_replaced_by_somebody_else', violation_error_message='Personne ne se remplace soi-même.')],
            },
        ),
    ]
