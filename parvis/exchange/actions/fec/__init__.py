"""An agency's books come in, one FEC at a time."""

from parvis.exchange.actions.fec.importing import import_fec
from parvis.exchange.actions.fec.options import FecOptions
from parvis.exchange.actions.fec.report import FecReport

__all__ = ["FecOptions", "FecReport", "import_fec"]
