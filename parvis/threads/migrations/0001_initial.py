"""Conversations with the agency."""

import django.db.models.deletion
import parvis.kit.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0003_opening_hours'),
        ('people', '0007_campaigns'),
        ('property', '0003_what_is_known_of_a_property'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('subject', models.CharField(choices=[('account', 'Mon compte, une somme à payer'), ('payment', 'Un paiement'), ('document', 'Un document'), ('property', 'Mon logement, mon immeuble'), ('meeting', 'Une assemblée générale'), ('letting', 'Ma location, mon bail'), ('details', 'Mes coordonnées'), ('access', 'Mon espace client'), ('other', 'Autre sujet')], max_length=12, verbose_name='sujet')),
                ('state', models.CharField(choices=[('waiting', 'En attente de réponse'), ('answered', 'Répondu'), ('closed', 'Clos')], default='waiting', max_length=8, verbose_name='état')),
                ('opened_at', models.DateTimeField(verbose_name='ouvert le')),
                ('latest_at', models.DateTimeField(verbose_name='dernier message le')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='people.client', verbose_name='client')),
                ('lot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='property.lot', verbose_name='bien')),
            ],
            options={
                'verbose_name': 'conversation',
                'ordering': ['-latest_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('author_name', models.CharField(max_length=170, verbose_name='nom de l’auteur')),
                ('is_from_agency', models.BooleanField(verbose_name='de l’agence')),
                ('body', models.TextField(verbose_name='message')),
                ('sending_key', models.CharField(max_length=26, verbose_name='clé d’envoi')),
                ('sent_at', models.DateTimeField(verbose_name='envoyé le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='threads.thread', verbose_name='conversation')),
            ],
            options={
                'verbose_name': 'message d’une conversation',
                'ordering': ['thread_id', 'sent_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['client', '-latest_at', '-id'], name='thread_of_client'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['agency', 'latest_at', 'id'], name='thread_waiting'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['agency', '-latest_at', '-id'], name='thread_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(('latest_at__gte', models.F('opened_at'))), name='thread_latest_message_after_it_opened'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('author', 'sending_key'), name='thread_message_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='thread_message_says_something'),
        ),
    ]
