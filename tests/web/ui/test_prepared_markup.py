"""A template drawn by a format string says what the template engine would have said."""

import itertools
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from parvis.web.ui.ledger_lines import LINE, WORDS

NAUGHTY = (Path(__file__).parents[2] / "data" / "naughty_strings.txt").read_text(encoding="utf-8").splitlines()
FLAGS = list(itertools.product([False, True], repeat=len(LINE.flags)))


def engine(words, flags):
    context = dict(zip(WORDS, words, strict=True)) | dict(zip(LINE.flags, flags, strict=True))
    return render_to_string(LINE.template, context).strip()


@pytest.mark.parametrize("flags", FLAGS)
def test_every_face_of_a_line_is_that_of_the_template(flags):
    words = [f"{name} <b>&amp; {{0}}" for name in WORDS]

    assert LINE.draw(*words, flags=flags) == engine(words, flags)


@given(st.text() | st.sampled_from(NAUGHTY))
def test_any_text_stays_text(text):
    words, flags = [text] * len(WORDS), (True,) * len(LINE.flags)

    assert LINE.draw(*words, flags=flags) == engine(words, flags)
