from django.http import Http404


def recommend(request, **kwargs):
    raise Http404


def ask(request, **kwargs):
    raise Http404


def withdraw(request, **kwargs):
    raise Http404


def decide(request, **kwargs):
    raise Http404


def decision(request, **kwargs):
    raise Http404
