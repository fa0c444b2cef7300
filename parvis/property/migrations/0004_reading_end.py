from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('property', '0003_what_is_known_of_a_property'),
    ]

    operations = [
        migrations.AddField(
            model_name='building',
            name='readable_until',
            field=models.DateField(blank=True, null=True, verbose_name='lisible par ses clients jusqu’au'),
        ),
    ]
