"""Facts of a moment are found without reading the whole journal."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['recorded_at'], name='journal_by_instant'),
        ),
    ]
