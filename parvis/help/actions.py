"""Keeping what readers say and look for; an agency's own words over the shipped ones."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from parvis.agencies.models import Agency
from parvis.help.models import LONGEST_MISSING, ArticleOpinion, OwnArticle, VainSearch
from parvis.help.rules import Article, countable
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal

VAIN_SEARCHES_OF_AN_ADDRESS = throttle.Limit(name="help-vain-search", allowed=30, seconds=3600)
VAIN_SEARCHES_KEPT = dt.timedelta(days=365)
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


def note_vain_search(*, agency: Agency, query: str, address: str) -> bool:
    """Count words that found nothing, unless they might tell of somebody; return whether they were counted.

    `address` is the network address that asks: it is counted, never kept.
    """
    words = countable(query)
    if not words or throttle.admit(VAIN_SEARCHES_OF_AN_ADDRESS, key=address):
        return False
    month = paris_day(database_now()).replace(day=1)
    with transaction.atomic():
        VainSearch.objects.bulk_create(
            [VainSearch(agency=agency, words=words, month=month, count=0)], ignore_conflicts=True
        )
        VainSearch.objects.filter(agency=agency, words=words, month=month).update(count=F("count") + 1)
    return True


def forget_vain_searches() -> int:
    """Erase those of more than a year ago; return how many."""
    erased, _ = VainSearch.objects.filter(month__lt=paris_day(database_now() - VAIN_SEARCHES_KEPT)).delete()
    return erased


@transaction.atomic
def rewrite(*, agency: Agency, slug: str, words: Mapping[str, str], by: tuple[str, str]) -> OwnArticle:
    """Say a shipped article in the agency's words: `title`, `answer`, `body`."""
    said, _ = OwnArticle.objects.update_or_create(
        agency=agency, article=slug, defaults={**words, "changed_at": database_now()}
    )
    record(agency_id=agency.pk, verb="help.article-changed", actor=by, subject=("article", slug[:40]))
    return said


@transaction.atomic
def restore(*, agency: Agency, slug: str, by: tuple[str, str]) -> None:
    """The shipped words again."""
    if OwnArticle.objects.filter(agency=agency, article=slug).delete()[0]:
        record(agency_id=agency.pk, verb="help.article-restored", actor=by, subject=("article", slug[:40]))
