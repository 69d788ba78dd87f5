from django.http import Http404


def portfolio(request, **kwargs):
    raise Http404


def export(request, **kwargs):
    raise Http404
