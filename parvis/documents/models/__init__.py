"""Documents, their files, what waits to be published, and the archives that gather several of them."""

from parvis.documents.models.archives import Archive
from parvis.documents.models.deposits import Deposit
from parvis.documents.models.documents import Document
from parvis.documents.models.files import StoredFile
from parvis.documents.models.kinds import KINDS_OF, Audience, Category, Kind

__all__ = ["KINDS_OF", "Archive", "Audience", "Category", "Deposit", "Document", "Kind", "StoredFile"]
