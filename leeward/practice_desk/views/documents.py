"""Pages about the documents in a file."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from leeward.documents import actions
from leeward.documents.forms import AddDocumentForm
from leeward.documents.models import Document
from leeward.documents.queries import copy_of, document_of, documents_of
from leeward.documents.scanning import is_configured
from leeward.documents.store import BytesGone
from leeward.practice_desk.views.base import PersonView

CONTENT_TYPES = {"pdf": "application/pdf", "text": "text/plain; charset=utf-8"}
ENDINGS = {"pdf": "pdf", "text": "txt"}
# Whatever a browser makes of it, it runs nothing, loads nothing and belongs to no site.
SANDBOX = "sandbox; default-src 'none'"


class Documents(PersonView):
    """The list."""

    tab = "about"
    template_name = "practice_desk/documents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every document, the closed ones as a fact."""
        return super().get_context_data(**kwargs) | {
            "documents": documents_of(self.actor, self.person.pk),
        }


class AddDocument(PersonView):
    """Add a document: asked about pictures first."""

    action = "document.add"
    tab = "about"
    template_name = "practice_desk/add_document.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(AddDocumentForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep a clean copy, or say why not. What was typed stays; a file has to be chosen again,
        which no page can do for anybody."""
        form = AddDocumentForm(
            request.POST, request.FILES, too_large=getattr(request, "upload_too_large", False)
        )
        if not form.is_valid():
            return self.draw(form, status=422)
        actions.add(
            by=self.actor,
            subject_id=self.person.pk,
            what=form.cleaned_data["what"],
            clean=form.cleaned_data["clean"],
        )
        return redirect("documents", person_id=self.person.pk)

    def draw(self, form: AddDocumentForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(form=form, scanned=is_configured())
        return self.render_to_response(context, status=status)


class DocumentCopy(PersonView):
    """A copy of a document, to save: never shown inside a page."""

    action = "document.open"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The bytes, named by the day alone."""
        try:
            copy = copy_of(self.actor, self.person.pk, kwargs["document_id"])
        except (Document.DoesNotExist, BytesGone) as fault:
            raise Http404 from fault
        media = copy.document.media
        day = timezone.localtime(copy.document.added_at)
        response = HttpResponse(copy.data, content_type=CONTENT_TYPES[media])
        response["Content-Disposition"] = (
            f'attachment; filename="document-{day:%Y-%m-%d}.{ENDINGS[media]}"'
        )
        response["Content-Security-Policy"] = SANDBOX
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class CloseDocument(PersonView):
    """ "This should not be here": asked once, then closed to everyone."""

    action = "document.close"
    tab = "about"
    template_name = "practice_desk/close_document.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it, and say what to do now."""
        try:
            actions.close_to_everyone(
                by=self.actor, subject_id=self.person.pk, document_id=kwargs["document_id"]
            )
        except Document.DoesNotExist as fault:
            raise Http404 from fault
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document, and for how long its sealed bytes stay."""
        try:
            document = document_of(self.actor, self.person.pk, self.kwargs["document_id"])
        except Document.DoesNotExist as fault:
            raise Http404 from fault
        return super().get_context_data(**kwargs) | {
            "document": document,
            "days": settings.LEEWARD_CLOSED_DOCUMENT_DAYS,
        }
