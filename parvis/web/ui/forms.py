"""The form of every page: validated by the server, described to assistive technologies."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

NOT_TEXT = ("checkbox", "radio", "hidden", "file")


class DescribedField(BoundField):
    """A control that looks like ours and points to its hint and its error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)  # Any: what Django's widgets take
        if is_text(widget or self.field.widget):
            built.setdefault("class", "input")
        if isinstance(widget or self.field.widget, forms.Textarea):
            built["maxlength"] = False  # a browser cuts what is pasted without a word; the server says it is too long
        return built


def is_text(widget: forms.Widget) -> bool:
    """Whether the control is a box to type or choose in, rather than to tick."""
    if isinstance(widget, forms.widgets.Input):
        return widget.input_type not in NOT_TEXT
    return isinstance(widget, forms.Textarea | forms.Select)


class PageForm(forms.Form):
    """Base of our forms: no message of the browser, described by its hint and its error."""

    use_required_attribute = False
    bound_field_class = DescribedField
