"""After a change of SECRET_KEY: nothing waits for the former one any more."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet

from parvis.exchange.actions.answers import BODY as ANSWER
from parvis.exchange.actions.webhooks import SECRET
from parvis.exchange.models import StoredAnswer, Webhook
from parvis.kit.sealing import reseal
from parvis.mail.actions import BODY
from parvis.mail.models import OutboxMessage
from parvis.people.actions.authenticators import SEALED_FOR
from parvis.people.models import Authenticator


class Command(BaseCommand):
    help = (
        "Scelle à nouveau, avec la clé d’aujourd’hui (SECRET_KEY), ce qu’une ancienne clé (SECRET_KEY_FALLBACKS) avait "
        "scellé : messages, codes à usage unique, secrets des avis aux logiciels, réponses gardées. L’ancienne clé "
        "peut ensuite être retirée."
    )

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        bodies = OutboxMessage.objects.exclude(sealed_body="")
        number = reseal_all(bodies, field="sealed_body", purpose=BODY)
        number += reseal_all(Authenticator.objects.all(), field="sealed_secret", purpose=SEALED_FOR)
        number += reseal_all(Webhook.objects.all(), field="sealed_secret", purpose=SECRET)
        number += reseal_all(StoredAnswer.objects.exclude(body=""), field="body", purpose=ANSWER)
        self.stdout.write(f"{number} secret(s) scellé(s) avec la clé d’aujourd’hui.")


def reseal_all(rows: QuerySet[Any], *, field: str, purpose: str) -> int:  # Any: rows of several models
    """Row by row; one that changes meanwhile is left to who changed it."""
    model: type[Model] = rows.model
    resealed = 0
    for pk, sealed in rows.values_list("pk", field).iterator():
        try:
            fresh = reseal(sealed, purpose=purpose)
        except InvalidToken as error:
            raise CommandError(
                f"{model._meta.verbose_name} {pk} : ni SECRET_KEY ni SECRET_KEY_FALLBACKS ne l’ouvre."
            ) from error
        resealed += rows.filter(pk=pk, **{field: sealed}).update(**{field: fresh})
    return resealed
