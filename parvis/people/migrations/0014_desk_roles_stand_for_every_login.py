"""The database refuses a login without a role, a caretaker beyond their buildings, an administrator within some."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_desk_roles_of_who_has_a_login'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(('user', None), models.Q(('desk_role', ''), _negated=True), _connector='OR'), name='staff_login_has_a_desk_role'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('desk_role', 'caretaker'), _negated=True), ('scope', 'buildings'), _connector='OR'), name='staff_caretaker_sees_buildings_alone', violation_error_message='Un gardien ne voit que ses immeubles.'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('desk_role', 'administrator'), _negated=True), ('scope', 'agency'), _connector='OR'), name='staff_administrator_sees_the_agency', violation_error_message='Un administrateur voit toute l’agence.'),
        ),
    ]
