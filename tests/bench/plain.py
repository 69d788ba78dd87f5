"""The page all are measured against: what `startproject` gives, and 50 rows from one query."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

from projects.models import Project
from projects.phase_model import Standing
from sso_portal import urls as portal

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = DjangoTemplates(
    {
        "NAME": "plain",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
)
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Projects</title></head>
<body>
<p>{{ user }}</p>
<table>
  <tr>
    <th>Project</th><th>Type</th><th>Phase</th><th>Priority</th>
    <th>Risk</th><th>Leader</th><th>Budget</th>
  </tr>
  {% for project in projects %}
    <tr>
      <td>
        <a href="/projects/{{ project.pk }}/">{{ project.title }}</a>
        {{ project.reference }} {{ project.unit }}
      </td>
      <td>{{ project.get_type_display }}</td>
      <td>{{ project.get_phase_display }} {{ project.get_standing_display }}</td>
      <td>{{ project.get_priority_display }}</td>
      <td>{{ project.get_risk_display }}</td>
      <td>{{ project.lead }}</td>
      <td>{{ project.budget_kroner }}</td>
    </tr>
  {% endfor %}
</table>
</body>
</html>
"""
TEMPLATE = TEMPLATES.from_string(PAGE)


@login_required
def rows(request):
    projects = Project.objects.filter(standing__in=[Standing.ACTIVE, Standing.PARKED])
    shown = projects.select_related("unit", "lead").order_by("pk")[:50]
    return HttpResponse(TEMPLATE.render({"projects": shown}, request))


# Beside the portal's own addresses, so that both are measured in turn
urlpatterns = [path("plain/", rows), *portal.urlpatterns]
