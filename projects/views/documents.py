from django.http import Http404


def document(request, **kwargs):
    raise Http404


def document_edit(request, **kwargs):
    raise Http404


def document_version(request, **kwargs):
    raise Http404
