"""Composition: whoever uses a part of the portal also gets its way to the worker."""

from sso_portal.celery import app as celery_app

__all__ = ["celery_app"]
