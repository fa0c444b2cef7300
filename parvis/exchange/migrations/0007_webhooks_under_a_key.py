from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The rights that read the kinds of changes, as they stand at this migration.
OPENS_KIND = {
    "profile": "clients:read",
    "intervention": "interventions:read",
    "message": "messages:read",
    "activation": "clients:read",
}


def give_keys(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Each address under the key that made it, as the journal says, if that key reads all that the address is told.

    The others wait for a key that does: no address is told more than a key may read.
    """
    keys, facts = apps.get_model("exchange", "ApiKey"), apps.get_model("journal", "Record")
    for webhook in apps.get_model("exchange", "Webhook").objects.all():
        made = facts.objects.filter(
            agency_id=webhook.agency_id,
            object_kind="webhook",
            object_id=webhook.public_id,
            verb="webhook.made",
            actor_kind="api-key",
        )
        key = keys.objects.filter(agency_id=webhook.agency_id, public_id__in=made.values("actor_id")).first()
        if key is not None and {OPENS_KIND[kind] for kind in webhook.kinds} <= set(key.scopes):
            webhook.api_key = key
            webhook.save(update_fields=["api_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_intakes"),
        ("journal", "0002_by_instant"),
    ]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="api_key",
            field=models.ForeignKey(
                null=True,
                on_delete=models.SET_NULL,
                related_name="webhooks",
                to="exchange.apikey",
                verbose_name="clé qui en répond",
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
