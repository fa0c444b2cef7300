"""An agency may always ask for the key of its letters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="always_asks_key",
            field=models.BooleanField(
                default=False,
                help_text="Sinon, seulement quand le site est attaqué.",
                verbose_name="demande toujours la clé de la lettre",
            ),
        ),
    ]
