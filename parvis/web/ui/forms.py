"""The form of every page: validated by the server, described to assistive technologies."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField


class DescribedField(BoundField):
    """A control that looks like ours and points to its hint and its error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)  # Any: what Django's widgets take
        if isinstance(widget or self.field.widget, forms.TextInput | forms.Textarea | forms.Select):
            built.setdefault("class", "input")
        return built


class PageForm(forms.Form):
    """Base of our forms: no message of the browser, described by its hint and its error."""

    use_required_attribute = False
    bound_field_class = DescribedField
