from django.http import Http404


def imports(request, **kwargs):
    raise Http404


def import_preview(request, **kwargs):
    raise Http404


def import_template(request, **kwargs):
    raise Http404
