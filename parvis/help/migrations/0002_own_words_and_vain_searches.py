"""What an agency says in its own words, and what was looked for in vain."""

import django.db.models.deletion
import parvis.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_settings_of_the_desk'),
        ('help', '0001_opinions'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('article', models.CharField(max_length=80, verbose_name='article')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('answer', models.CharField(max_length=400, verbose_name='réponse')),
                ('body', models.TextField(max_length=20000, verbose_name='suite')),
                ('changed_at', models.DateTimeField(verbose_name='changé le')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence')),
            ],
            options={
                'verbose_name': 'article de l’agence',
                'ordering': ['article', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'article'), name='own_article_once_per_agency')],
            },
        ),
        migrations.CreateModel(
            name='VainSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('words', models.CharField(max_length=40, verbose_name='mots')),
                ('month', models.DateField(verbose_name='mois')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='fois')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence')),
            ],
            options={
                'verbose_name': 'recherche sans réponse',
                'ordering': ['-month', '-count', 'words', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'month', 'words'), name='vain_search_once_a_month')],
            },
        ),
    ]
