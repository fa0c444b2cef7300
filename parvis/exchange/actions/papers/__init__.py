"""An agency's documents come in: an index, and the files it names."""

from parvis.exchange.actions.papers.importing import PapersOptions, import_documents

__all__ = ["PapersOptions", "import_documents"]
