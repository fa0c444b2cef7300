"""How somebody of the agency is named, so that their absence is said right."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_household_sensitive_actions'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffmember',
            name='civility',
            field=models.CharField(blank=True, choices=[('madam', 'Madame'), ('sir', 'Monsieur'), ('', 'non connue')], db_default='', max_length=5, verbose_name='civilité'),
        ),
    ]
