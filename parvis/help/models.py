"""What readers say of the articles: whether they helped, and what was missing."""

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
