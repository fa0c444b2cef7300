"""Keeping what readers say of an article."""

from parvis.agencies.models import Agency
from parvis.help.models import LONGEST_MISSING, ArticleOpinion
from parvis.help.rules import Article
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal

OPINIONS_OF_AN_ADDRESS = throttle.Limit(name="help-opinion", allowed=20, seconds=3600)


class TooManyOpinions(Refusal):
    message = "Merci, nous avons reçu plusieurs avis depuis cette connexion. Réessayez dans une heure."


def give_opinion(
    *, agency: Agency, article: Article, has_helped: bool, missing: str = "", address: str
) -> ArticleOpinion:
    """Note whether an article helped and, when it did not, what was missing. Anybody may, 20 times an hour.

    `address` is the network address that asks: it is counted, never kept.
    """
    if throttle.admit(OPINIONS_OF_AN_ADDRESS, key=address):
        raise TooManyOpinions
    said = "" if has_helped else missing.strip()[:LONGEST_MISSING]
    return ArticleOpinion.objects.create(
        agency=agency, article=article.slug, has_helped=has_helped, missing=said, given_at=database_now()
    )
