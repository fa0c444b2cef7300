"""What an administrator decides of the agency: a word of welcome, a logo, what imports leave alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_opening_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='welcome',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='mot d’accueil'),
        ),
        migrations.AddField(
            model_name='agency',
            name='logo_digest',
            field=models.CharField(blank=True, db_default='', max_length=64, verbose_name='empreinte du logo'),
        ),
        migrations.AddField(
            model_name='agency',
            name='kept_here',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='Un import ne les change plus.', verbose_name='réglages décidés ici'),
        ),
        migrations.CreateModel(
            name='AgencyLogo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                ('content', models.BinaryField(verbose_name='image')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='logo', to='agencies.agency', verbose_name='agence')),
            ],
            options={
                'verbose_name': 'logo',
                'indexes': [models.Index(fields=['digest'], name='logo_by_digest')],
            },
        ),
    ]
