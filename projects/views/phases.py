from django.http import Http404


def move(request, **kwargs):
    raise Http404


def park(request, **kwargs):
    raise Http404


def resume(request, **kwargs):
    raise Http404


def stop(request, **kwargs):
    raise Http404


def new_round(request, **kwargs):
    raise Http404


def close(request, **kwargs):
    raise Http404
