"""Files to bring in."""

import io
import zipfile

from tests.exchange.books import write_fec
from tests.exchange.packages import as_csv, example_package

FEC = "123456782FEC20261231.txt"


def package(rows=None):
    """The bytes of a ZIP."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, lines in (rows or example_package()).items():
            archive.writestr(f"{name}.csv", as_csv(name, lines))
    return content.getvalue()


def fec_bytes(tmp_path, *lines):
    return write_fec(tmp_path, [each for few in lines for each in few]).read_bytes()
