"""Notices and the choices of each login."""

import django.db.models.deletion
import parvis.kit.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0003_opening_hours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(choices=[('document', 'Document disponible'), ('due', 'Échéance dans 7 jours'), ('intervention', 'Intervention'), ('meeting', 'Assemblée générale'), ('application', 'Candidature'), ('message', 'Message de l’agence'), ('account', 'Sécurité et informations légales')], max_length=12, verbose_name='nature')),
                ('text', models.CharField(max_length=300, verbose_name='phrase')),
                ('target_kind', models.CharField(blank=True, max_length=20, verbose_name='mène à')),
                ('target_id', models.CharField(blank=True, max_length=26, verbose_name='identifiant public')),
                ('event_key', models.CharField(max_length=120, verbose_name='événement')),
                ('created_at', models.DateTimeField(verbose_name='dite le')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lue le')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='accès')),
            ],
            options={
                'verbose_name': 'notification',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['user', '-created_at', '-id'], name='notice_of_login'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread'), models.Index(fields=['created_at'], name='notice_to_forget')],
                'constraints': [models.UniqueConstraint(fields=('user', 'event_key'), name='notice_once_per_event'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='notice_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('target_id', ''), ('target_kind', '')), models.Q(models.Q(('target_kind', ''), _negated=True), models.Q(('target_id', ''), _negated=True)), _connector='OR'), name='notice_leads_somewhere_or_nowhere'), models.CheckConstraint(condition=models.Q(('read_at', None), ('read_at__gte', models.F('created_at')), _connector='OR'), name='notice_read_after_it_was_made')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('document', 'Document disponible'), ('due', 'Échéance dans 7 jours'), ('intervention', 'Intervention'), ('meeting', 'Assemblée générale'), ('application', 'Candidature'), ('message', 'Message de l’agence'), ('account', 'Sécurité et informations légales')], max_length=12, verbose_name='nature')),
                ('channel', models.CharField(choices=[('email', 'Courriel')], max_length=8, verbose_name='par')),
                ('is_wanted', models.BooleanField(verbose_name='voulu')),
                ('chosen_at', models.DateTimeField(verbose_name='choisi le')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preferences', to=settings.AUTH_USER_MODEL, verbose_name='accès')),
            ],
            options={
                'verbose_name': 'préférence',
                'ordering': ['user_id', 'kind', 'channel', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'channel'), name='preference_once_per_kind_and_channel'), models.CheckConstraint(condition=models.Q(('is_wanted', True), models.Q(('kind__in', ['account']), _negated=True), _connector='OR'), name='preference_keeps_security_and_law', violation_error_message='Les messages de sécurité et les informations légales sont toujours envoyés.')],
            },
        ),
    ]
