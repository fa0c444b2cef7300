from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0005_six_photos_per_order_one_quote_per_sending'),
    ]

    operations = [
        migrations.AddField(
            model_name='workorder',
            name='declined_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='refusé le'),
        ),
        migrations.AlterField(
            model_name='workorder',
            name='state',
            field=models.CharField(choices=[('sent', 'Envoyé'), ('answered', 'Créneaux proposés'), ('scheduled', 'Rendez-vous fixé'), ('begun', 'Travaux commencés'), ('done', 'Travaux terminés'), ('declined', 'Refusé par l’entreprise'), ('withdrawn', 'Retiré')], default='sent', max_length=9, verbose_name='état'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('declined_at__isnull', False), ('state', 'declined')), models.Q(models.Q(('state', 'declined'), _negated=True), ('declined_at', None), ('declined_reason', '')), _connector='OR'), name='order_declined_at_its_time'),
        ),
    ]
