from django.urls import path

from projects.views import (
    documents,
    gates,
    intake,
    phases,
    portfolio,
    project,
    spreadsheets,
    statements,
)

app_name = "projects"
PROJECT = "projekter/<int:pk>/"
DOCUMENT = PROJECT + "dokumenter/<slug:key>/"

urlpatterns = [
    path("projekter/", portfolio.portfolio, name="portfolio"),
    path("projekter/eksport/", portfolio.export, name="export"),
    path("projekter/import/", spreadsheets.imports, name="imports"),
    path("projekter/import/skabelon/", spreadsheets.import_template, name="import_template"),
    path("projekter/import/<int:pk>/", spreadsheets.import_preview, name="import_preview"),
    path(PROJECT, project.project, name="project"),
    path(PROJECT + "fakta/", project.facts, name="facts"),
    path(PROJECT + "team/", project.team, name="team"),
    path(DOCUMENT, documents.document, name="document"),
    path(DOCUMENT + "rediger/", documents.document_edit, name="document_edit"),
    path(DOCUMENT + "versioner/<int:number>/", documents.document_version, name="document_version"),
    path(PROJECT + "kvalificering/", intake.qualify, name="qualify"),
    path(PROJECT + "send-tilbage/", intake.send_back, name="send_back"),
    path(PROJECT + "anbefaling/", gates.recommend, name="recommend"),
    path(PROJECT + "bed-om-beslutning/", gates.ask, name="ask"),
    path(PROJECT + "traek-tilbage/", gates.withdraw, name="withdraw"),
    path(PROJECT + "flyt/", phases.move, name="move"),
    path(PROJECT + "paa-hold/", phases.park, name="park"),
    path(PROJECT + "genoptag/", phases.resume, name="resume"),
    path(PROJECT + "stop/", phases.stop, name="stop"),
    path(PROJECT + "ny-runde/", phases.new_round, name="new_round"),
    path(PROJECT + "afslut/", phases.close, name="close"),
    path(PROJECT + "udtalelse/", statements.ask_statement, name="ask_statement"),
    path("udtalelser/<int:pk>/", statements.statement, name="statement"),
    path("beslutninger/<int:pk>/", gates.decide, name="decide"),
    path("beslutninger/afgjort/<int:pk>/", gates.decision, name="decision"),
    path("ideer/ny/", intake.idea_new, name="idea_new"),
    path("ideer/<int:pk>/kvittering/", intake.idea_receipt, name="idea_receipt"),
    path("ideer/<int:pk>/slet/", intake.idea_delete, name="idea_delete"),
    path("ideer/<int:pk>/<slug:step>/", intake.idea_step, name="idea_step"),
]
