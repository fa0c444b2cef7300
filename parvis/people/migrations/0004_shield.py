"""Wrong provisional codes, the shield that they raise, and the tries of whoever comes by a letter's own link."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("people", "0003_end_former_sessions")]

    operations = [
        migrations.CreateModel(
            name="SiteShield",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("raised_at", models.DateTimeField(verbose_name="levé le")),
                ("until", models.DateTimeField(verbose_name="jusqu’à")),
                ("wrong_codes", models.PositiveIntegerField(verbose_name="codes faux")),
                ("identifiers", models.PositiveIntegerField(verbose_name="identifiants visés")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="équipes prévenues le")),
            ],
            options={
                "verbose_name": "protection du site",
                "constraints": [
                    models.CheckConstraint(condition=Q(id=1), name="shield_is_one_row"),
                    models.CheckConstraint(condition=Q(until__gt=F("raised_at")), name="shield_lasts_a_while"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("door_digest", models.CharField(max_length=64, verbose_name="empreinte de l’identifiant tapé")),
                ("typed_at", models.DateTimeField(db_default=Now(), db_index=True, verbose_name="tapé le")),
                (
                    "forgiven_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="suivi du bon mot de passe le"),
                ),
            ],
            options={
                "verbose_name": "mot de passe provisoire faux",
                "indexes": [models.Index(fields=["door_digest"], name="wrong_code_by_door")],
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="link_wrong_tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="essais faux par le lien court"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=Q(link_wrong_tries__lte=5), name="letter_link_tries_are_bounded"
            ),
        ),
    ]
