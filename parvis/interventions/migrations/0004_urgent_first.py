from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0003_state_triggers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='intervention',
            index=models.Index(fields=['agency', 'state', '-is_urgent', 'reported_on', 'id'], name='intervention_urgent_first'),
        ),
    ]
