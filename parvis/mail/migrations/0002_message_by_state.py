"""Messages are counted by what became of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_always_asks_key'),
        ('mail', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(fields=['state', 'ended_at'], name='message_by_state'),
        ),
    ]
