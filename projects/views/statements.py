from django.http import Http404


def ask_statement(request, **kwargs):
    raise Http404


def statement(request, **kwargs):
    raise Http404
