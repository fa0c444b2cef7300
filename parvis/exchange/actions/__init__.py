"""An agency's data comes in, one package at a time."""

from parvis.exchange.actions.importing import Options, import_package
from parvis.exchange.actions.refusals import Fault, WrongUse
from parvis.exchange.actions.report import Report, refusal_rows

__all__ = ["Fault", "Options", "Report", "WrongUse", "import_package", "refusal_rows"]
