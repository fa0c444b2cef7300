import parvis.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0006_call_public_ids"),
    ]

    operations = [
        migrations.AlterField(
            model_name="call",
            name="public_id",
            field=models.CharField(
                default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True
            ),
        ),
    ]
