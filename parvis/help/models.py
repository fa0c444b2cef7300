"""What readers say of the articles, what they looked for in vain, and what an agency says in its own words."""

from typing import Self

from django.db import models

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer

LONGEST_MISSING = 1_000


class ArticleOpinionQuerySet(AgencyOwnedQuerySet["ArticleOpinion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff read what was said to their agency."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class ArticleOpinion(AgencyOwned):
    """« Cet article vous a-t-il aidé ? »: an answer, of nobody in particular."""

    article = models.CharField("article", max_length=80)
    has_helped = models.BooleanField("a aidé")
    missing = models.TextField("ce qui manquait", max_length=LONGEST_MISSING, blank=True)
    given_at = models.DateTimeField("donné le")

    objects = ArticleOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "avis sur un article"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(has_helped=False) | models.Q(missing=""),
                name="opinion_says_what_is_missing_when_it_did_not_help",
            ),
        ]
        indexes = [models.Index(fields=["agency", "article"], name="opinion_by_article")]

    def __str__(self) -> str:
        return f"{self.article}\u00a0: {'oui' if self.has_helped else 'non'}"


class OwnArticleQuerySet(AgencyOwnedQuerySet["OwnArticle"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever reads the help of the agency."""
        return self.filter(agency_id=viewer.agency_id)


class OwnArticle(AgencyOwned):
    """An article in the words of one agency, over the shipped one of the same slug. `body` is Markdown."""

    article = models.CharField("article", max_length=80)
    title = models.CharField("titre", max_length=120)
    answer = models.CharField("réponse", max_length=400)
    body = models.TextField("suite", max_length=20_000)
    changed_at = models.DateTimeField("changé le")

    objects = OwnArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "article de l’agence"
        ordering = ["article", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "article"], name="own_article_once_per_agency")]

    def __str__(self) -> str:
        return self.title


class VainSearchQuerySet(AgencyOwnedQuerySet["VainSearch"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class VainSearch(AgencyOwned):
    """Words that the help did not know, and how often they were looked for that month; by nobody in particular."""

    words = models.CharField("mots", max_length=40)
    month = models.DateField("mois")
    count = models.PositiveIntegerField("fois", default=1)

    objects = VainSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche sans réponse"
        ordering = ["-month", "-count", "words", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "month", "words"], name="vain_search_once_a_month")]

    def __str__(self) -> str:
        return self.words
