"""Every row of an agency says who may see it, and pages start from there."""

import ast

import pytest
from django.apps import apps

from tests.guards.tree import modules

# Rows that no page shows: the machinery keeps them for itself.
NEVER_SHOWN = {"mail.OutboxMessage"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("parvis.")]


def belongs_to_an_agency(model):
    return any(field.name == "agency" for field in model._meta.get_fields() if field.concrete)


def test_every_agency_owned_model_says_who_may_see_it():
    silent = {
        model._meta.label
        for model in OURS
        if belongs_to_an_agency(model) and not hasattr(model._default_manager.all(), "visible_to")
    }

    assert silent == NEVER_SHOWN


@pytest.mark.parametrize("audience", ["client", "staff"])
def test_every_look_up_of_a_page_starts_from_what_the_viewer_may_see(audience):
    unscoped = [
        f"{path}:{node.lineno}"
        for path, tree in modules(f"parvis/web/{audience}").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_manager(node.value) and node.attr not in ("visible_to", "none")
    ]

    assert unscoped == []


@pytest.mark.parametrize("audience", ["client", "staff"])
def test_no_page_looks_up_a_bare_model(audience):
    bare = [
        f"{path}:{node.lineno}"
        for path, tree in modules(f"parvis/web/{audience}").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("get_object_or_404", "get_list_or_404")
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[0].isupper()
    ]

    assert bare == []


def is_manager(node):
    return isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_default_manager_hides_rows(model):
    rows = model._default_manager.all()

    assert not rows.query.where
