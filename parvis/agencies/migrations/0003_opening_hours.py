"""The hours of an agency as data, and the days it closes besides."""

import parvis.agencies.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_always_asks_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='closures',
            field=models.CharField(blank=True, db_default='', help_text='« 2026-12-24, 2027-08-09/2027-08-20 », en plus des jours fériés', max_length=300, validators=[parvis.agencies.models.refuse_bad_closures], verbose_name='fermetures'),
        ),
        migrations.AddField(
            model_name='agency',
            name='weekly_hours',
            field=models.CharField(blank=True, db_default='', help_text='« lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00 »', max_length=300, validators=[parvis.agencies.models.refuse_bad_hours], verbose_name='heures d’ouverture'),
        ),
    ]
