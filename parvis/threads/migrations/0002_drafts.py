"""What somebody had typed when their session ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(blank=True, max_length=12, verbose_name='sujet')),
                ('place', models.CharField(blank=True, max_length=26, verbose_name='bien')),
                ('body', models.TextField(blank=True, verbose_name='message')),
                ('kept_at', models.DateTimeField(verbose_name='gardé le')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to=settings.AUTH_USER_MODEL, verbose_name='accès')),
            ],
            options={
                'verbose_name': 'brouillon',
                'indexes': [models.Index(fields=['kept_at'], name='draft_to_forget')],
            },
        ),
    ]
