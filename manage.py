#!/usr/bin/env python
"""Run a management command: ``python manage.py portal`` starts everything."""

import os
import sys

from django.core.management import execute_from_command_line

from sso_portal.shared import translations

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sso_portal.settings")
    translations.compile_all()
    execute_from_command_line(sys.argv)
