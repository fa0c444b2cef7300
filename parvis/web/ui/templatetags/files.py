"""What pages say of files: `{% load files %}`."""

from django import template

from parvis.kit.sizes import format_size

register = template.Library()

register.filter("weight", format_size)
