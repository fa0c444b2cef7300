"""Draw the public id of each call known before it had one, by handfuls."""

from django.db import migrations

from parvis.kit.identifiers import new_public_ids

HANDFUL = 5_000


def draw(apps, schema_editor):
    calls = apps.get_model("ledger", "Call").objects.using(schema_editor.connection.alias)
    while handful := list(calls.filter(public_id=None).order_by("pk").only("pk")[:HANDFUL]):
        for call, public_id in zip(handful, new_public_ids(len(handful)), strict=True):
            call.public_id = public_id
        calls.bulk_update(handful, ["public_id"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0005_budgets"),
    ]

    operations = [
        migrations.RunPython(draw, migrations.RunPython.noop, elidable=True),
    ]
