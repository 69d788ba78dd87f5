from django.http import Http404


def idea_new(request, **kwargs):
    raise Http404


def idea_step(request, **kwargs):
    raise Http404


def idea_delete(request, **kwargs):
    raise Http404


def idea_receipt(request, **kwargs):
    raise Http404


def qualify(request, **kwargs):
    raise Http404


def send_back(request, **kwargs):
    raise Http404
