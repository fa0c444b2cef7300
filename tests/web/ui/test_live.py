"""What pages load to change without a reload: little, and from this site."""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

HEAVIEST = 20_000
SCRIPTS = ("django_htmx/htmx-4.min.js", "ui/js/live.js", "ui/js/page.js")


def test_scripts_of_a_page_are_light():
    sizes = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in SCRIPTS}

    assert sum(sizes.values()) <= HEAVIEST, sizes
