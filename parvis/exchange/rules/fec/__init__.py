"""Reading a FEC, the file of accounting entries of LPF art. A. 47 A-1: `read_fec` gives its lines one by one."""

from parvis.exchange.rules.fec.lines import FecLayout, FecLine, FecProblem, FecRefused, FecTolerance, identities
from parvis.exchange.rules.fec.reader import FecReader, read_fec

__all__ = ["FecLayout", "FecLine", "FecProblem", "FecReader", "FecRefused", "FecTolerance", "identities", "read_fec"]
