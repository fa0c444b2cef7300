import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0004_urgent_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='interventions.workorder', verbose_name='ordre'),
        ),
        migrations.AddField(
            model_name='quote',
            name='sending_key',
            field=models.CharField(blank=True, db_default='', default='', max_length=26, verbose_name='clé d’envoi'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(condition=models.Q(('sending_key', ''), _negated=True), fields=('intervention', 'sending_key'), name='quote_sent_once'),
        ),
    ]
