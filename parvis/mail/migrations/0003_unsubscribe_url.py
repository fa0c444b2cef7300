"""A message that one may leave says where."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0002_message_by_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmessage',
            name='unsubscribe_url',
            field=models.CharField(blank=True, db_default='', help_text='Vide : ce message ne se quitte pas.', max_length=200, verbose_name='adresse de désabonnement'),
        ),
    ]
