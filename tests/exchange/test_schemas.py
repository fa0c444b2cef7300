"""The schemas say what the tables hold, and the documentation says what the schemas say."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from parvis.agencies.models import Agency
from parvis.exchange.actions.targets import TARGETS
from parvis.exchange.rules.documentation import guide
from parvis.exchange.rules.tables import load_table, load_tables

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "exchange-format.md"
MODELS = {name: target.model for name, target in TARGETS.items()} | {"agency": Agency}


def columns_with_model():
    for table in load_tables():
        model_fields = {field.column: field for field in MODELS[table.name]._meta.concrete_fields}
        for field in table.fields:
            column = TARGETS[table.name].column(field.name) if table.name in TARGETS else field.name
            if column in model_fields and not table.foreign_key(field.name):
                yield pytest.param(field, model_fields[column], id=f"{table.name}.{field.name}")


@pytest.mark.parametrize(("field", "model_field"), list(columns_with_model()))
def test_a_schema_gives_the_length_of_the_column(field, model_field):
    if field.type == "string" and field.format != "multiline" and not field.categories:
        assert field.max_length == model_field.max_length or field.name == "other_hosts"


@pytest.mark.parametrize(("field", "model_field"), list(columns_with_model()))
def test_a_schema_gives_the_words_of_the_column(field, model_field):
    words = {value for value, _label in model_field.choices or () if value}

    assert words == {value for value, _label in field.categories}


def test_the_documentation_is_the_one_the_schemas_give():
    assert DOCUMENT.read_text(encoding="utf-8") == guide(load_tables())


def test_a_person_gets_one_template_for_each_file(tmp_path):
    call_command("write_templates", tmp_path / "package", stdout=io.StringIO())

    for table in load_tables():
        content = (tmp_path / "package" / table.file).read_text(encoding="utf-8-sig")
        assert next(csv.reader([content], delimiter=";")) == table.column_names


def test_templates_never_replace_a_file(tmp_path):
    (tmp_path / "clients.csv").write_text("mine")

    with pytest.raises(CommandError, match="rien n’a été écrit"):
        call_command("write_templates", tmp_path)

    assert (tmp_path / "clients.csv").read_text() == "mine"


def test_the_page_is_written_where_asked(tmp_path):
    call_command("write_exchange_format", to=tmp_path / "page.md")

    assert "### clients.csv" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_a_foreign_key_names_columns_of_its_table():
    for table in load_tables():
        for key in table.foreign_keys:
            assert set(key.columns) <= set(load_table(key.table).column_names)
