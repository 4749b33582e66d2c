"""`{% csrf_token %}` as every form here has it: Django's own, and for whom the form was drawn.

A built-in of the template engine (see settings.TEMPLATES), because every form that posts holds
this tag already: a form that said nothing of its writer could not be made by forgetting it.
"""

from typing import Any

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from leeward.practice_desk.typed_words import WRITER, writer_mark

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> str:
    """The form's token; for somebody signed in, the signed mark of who they are as well."""
    token = CsrfTokenNode().render(context)
    worker: Any = getattr(context.get("request"), "user", None)
    if worker is None or not worker.is_authenticated:
        return token
    field = '{}<input type="hidden" name="{}" value="{}">'
    return format_html(field, token, WRITER, writer_mark(worker.pk))
