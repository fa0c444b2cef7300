"""« Ce n’est pas moi », what waits 72 hours, a confirmed courriel that changes, notices on paper."""

import django.db.models.deletion
import parvis.kit.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('people', '0004_shield'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessFreeze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('trigger', models.CharField(choices=[('other_address', 'la confirmation d’une autre adresse'), ('access_opened', 'l’ouverture de l’accès'), ('password_changed', 'un changement de mot de passe'), ('sign_in_code', 'une demande de code de connexion'), ('factor_changed', 'l’ajout ou le retrait d’un moyen de connexion'), ('address_changed', 'un changement de courriel'), ('attached', 'un rattachement à un autre accès')], max_length=20, verbose_name='message d’où vient l’alerte')),
                ('frozen_at', models.DateTimeField(verbose_name='gelé le')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='levé le')),
                ('lifted_by', models.CharField(blank=True, help_text='« user:7fq29kxm… » ou « system »', max_length=60, verbose_name='levé par')),
                ('outcome', models.CharField(blank=True, choices=[('reopened', 'accès rouvert'), ('closed', 'accès fermé')], max_length=10, verbose_name='décision')),
            ],
            options={
                'verbose_name': 'accès gelé',
                'ordering': ['-frozen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('former_email', models.EmailField(blank=True, max_length=254, verbose_name='ancien courriel')),
                ('former_confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='ancien courriel confirmé le')),
                ('new_email', models.EmailField(max_length=254, verbose_name='nouveau courriel')),
                ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='abandonné le')),
                ('ending', models.CharField(blank=True, choices=[('cancelled', 'annulé par l’ancienne adresse'), ('replaced', 'remplacé par une autre demande'), ('withdrawn', 'retiré par son auteur'), ('frozen', 'accès gelé')], max_length=10, verbose_name='motif de fin')),
            ],
            options={
                'verbose_name': 'changement de courriel',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=parvis.kit.identifiers.new_public_id, editable=False, max_length=26, unique=True)),
                ('subject', models.CharField(choices=[('access_opened', 'l’accès vient d’être ouvert'), ('attached', 'l’identifiant vient d’être rattaché à un autre accès')], max_length=20, verbose_name='objet')),
                ('masked_email', models.CharField(max_length=254, verbose_name='adresse masquée')),
                ('happened_at', models.DateTimeField(verbose_name='arrivé le')),
                ('printed_at', models.DateTimeField(blank=True, null=True, verbose_name='imprimé le')),
                ('printed_by', models.CharField(blank=True, max_length=60, verbose_name='imprimé par')),
            ],
            options={
                'verbose_name': 'avis à poster',
                'ordering': ['happened_at', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='emaillink',
            name='link_belongs_to_its_process',
        ),
        migrations.AddField(
            model_name='emaillink',
            name='client',
            field=models.ForeignKey(blank=True, help_text='le seul à geler', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.client'),
        ),
        migrations.AddField(
            model_name='emaillink',
            name='trigger',
            field=models.CharField(blank=True, choices=[('other_address', 'la confirmation d’une autre adresse'), ('access_opened', 'l’ouverture de l’accès'), ('password_changed', 'un changement de mot de passe'), ('sign_in_code', 'une demande de code de connexion'), ('factor_changed', 'l’ajout ou le retrait d’un moyen de connexion'), ('address_changed', 'un changement de courriel'), ('attached', 'un rattachement à un autre accès')], max_length=20, verbose_name='message'),
        ),
        migrations.AddField(
            model_name='user',
            name='sensitive_from',
            field=models.DateTimeField(blank=True, help_text='Vide : sans attente.', null=True, verbose_name='gestes sensibles possibles à partir de'),
        ),
        migrations.AlterField(
            model_name='emaillink',
            name='purpose',
            field=models.CharField(choices=[('confirm_address', 'confirmer une adresse'), ('reset_password', 'choisir un nouveau mot de passe'), ('not_me', 'bloquer l’accès'), ('confirm_change', 'confirmer un changement d’adresse'), ('cancel_change', 'annuler un changement d’adresse')], max_length=20, verbose_name='objet'),
        ),
        migrations.AddField(
            model_name='accessfreeze',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence'),
        ),
        migrations.AddField(
            model_name='accessfreeze',
            name='client',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='freezes', to='people.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='accessfreeze',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='freezes', to=settings.AUTH_USER_MODEL, verbose_name='accès'),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence'),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='address_changes', to=settings.AUTH_USER_MODEL, verbose_name='accès'),
        ),
        migrations.AddField(
            model_name='emaillink',
            name='change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.addresschange'),
        ),
        migrations.AddConstraint(
            model_name='emaillink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activation__isnull', False), ('change', None), ('client', None), ('purpose', 'confirm_address'), ('user', None)), models.Q(('activation', None), ('change', None), ('client', None), ('purpose', 'reset_password'), ('user__isnull', False)), models.Q(('activation__isnull', False), ('change', None), ('client', None), ('purpose', 'not_me'), ('user', None)), models.Q(('activation', None), ('change', None), ('purpose', 'not_me'), ('user__isnull', False)), models.Q(('activation', None), ('change__isnull', False), ('client', None), ('purpose__in', ('confirm_change', 'cancel_change')), ('user__isnull', False)), _connector='OR'), name='link_belongs_to_its_process'),
        ),
        migrations.AddConstraint(
            model_name='emaillink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'not_me'), models.Q(('trigger', ''), _negated=True)), models.Q(models.Q(('purpose', 'not_me'), _negated=True), ('trigger', '')), _connector='OR'), name='link_that_objects_says_to_what'),
        ),
        migrations.AddField(
            model_name='papernotice',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='agence'),
        ),
        migrations.AddField(
            model_name='papernotice',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.client', verbose_name='client'),
        ),
        migrations.AddConstraint(
            model_name='accessfreeze',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('client',), name='freeze_one_open_per_client'),
        ),
        migrations.AddConstraint(
            model_name='accessfreeze',
            constraint=models.UniqueConstraint(condition=models.Q(('client', None), ('lifted_at', None)), fields=('user',), name='freeze_one_open_per_login_alone'),
        ),
        migrations.AddConstraint(
            model_name='accessfreeze',
            constraint=models.CheckConstraint(condition=models.Q(('client__isnull', False), ('user__isnull', False), _connector='OR'), name='freeze_is_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='accessfreeze',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', ''), ('outcome', '')), models.Q(('lifted_at__gte', models.F('frozen_at')), models.Q(('lifted_by', ''), _negated=True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='freeze_end_has_its_author'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('ended_at', None)), fields=('user',), name='address_change_one_pending_per_login'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='address_change_end_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(('new_email', models.F('former_email')), _negated=True), name='address_change_changes'),
        ),
        migrations.AddConstraint(
            model_name='papernotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('printed_at', None), ('printed_by', '')), models.Q(('printed_at__isnull', False), models.Q(('printed_by', ''), _negated=True)), _connector='OR'), name='notice_print_has_its_author'),
        ),
    ]
