"""A message may carry a file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('threads', '0002_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='attachment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='documents.document', verbose_name='pièce jointe'),
        ),
    ]
