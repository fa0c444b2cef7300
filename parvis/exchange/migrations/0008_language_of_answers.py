from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_webhooks_under_a_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedanswer",
            name="language",
            field=models.CharField(blank=True, default="", max_length=2, verbose_name="langue"),
            preserve_default=False,
        ),
    ]
