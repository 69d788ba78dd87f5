from django.http import Http404


def project(request, **kwargs):
    raise Http404


def facts(request, **kwargs):
    raise Http404


def team(request, **kwargs):
    raise Http404
