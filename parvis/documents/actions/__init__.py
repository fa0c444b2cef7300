"""Documents are published, replaced and withdrawn."""

from parvis.documents.actions.batches import publish_ours
from parvis.documents.actions.publishing import Paper, PublicationRefused, publish, withdraw
from parvis.documents.actions.storing import keep
from parvis.documents.examiner import FileRefused

__all__ = ["FileRefused", "Paper", "PublicationRefused", "keep", "publish", "publish_ours", "withdraw"]
