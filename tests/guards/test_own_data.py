"""What a person may see is in the copy of their data, or is left out by name, with a reason."""

import pytest
from django.apps import apps

from parvis.exchange.actions.own_rows import columns_of
from parvis.exchange.rules.own_data import COPIED, NOT_COPIED, SECRET

OURS = [model for model in apps.get_models() if model.__module__.startswith("parvis.")]
SHOWN = {model._meta.label for model in OURS if hasattr(model._default_manager.all(), "visible_to")}


def test_every_table_that_a_person_may_see_is_copied_or_left_out_for_a_reason():
    assert sorted(SHOWN - set(COPIED) - set(NOT_COPIED)) == [], "Add each to parvis/exchange/rules/own_data.py."


def test_nothing_is_named_twice_or_gone():
    assert set(COPIED) & set(NOT_COPIED) == set()
    assert (set(COPIED) | set(NOT_COPIED)) - SHOWN == set()
    assert len(set(COPIED.values())) == len(COPIED)


def test_each_reason_is_said():
    assert all(len(reason) > 10 for reason in NOT_COPIED.values())


@pytest.mark.parametrize("label", COPIED)
def test_no_column_of_the_copy_opens_anything(label):
    columns = columns_of(apps.get_model(label))

    assert columns
    assert [path for path, _ in columns if SECRET.search(path)] == []
