"""What each member of the staff may open, and how far they see."""

from django.db import migrations, models

ROLES = [
    ('manager', 'Responsable d’immeuble'),
    ('rental_manager', 'Gestionnaire locatif'),
    ('accountant', 'Comptable'),
    ('assistant', 'Assistant'),
    ('administrator', 'Administrateur'),
    ('caretaker', 'Gardien'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_staff_civility'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffmember',
            name='desk_role',
            field=models.CharField(blank=True, choices=ROLES, db_default='', max_length=20, verbose_name='rôle dans la gestion'),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='scope',
            field=models.CharField(choices=[('agency', 'Toute l’agence'), ('buildings', 'Ses immeubles')], db_default='agency', default='agency', max_length=9, verbose_name='périmètre'),
        ),
    ]
