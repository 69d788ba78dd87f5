"""The office's own lists are kept here; projects and their records are only read.

What happens to a project happens through the verbs, which an admin form would go around.
"""

from django.contrib import admin
from django.http import Http404

from projects.models import (
    DecisionRequest,
    Document,
    DocumentVersion,
    FocusArea,
    GateDecision,
    Pool,
    PoolYear,
    Principle,
    Project,
    Recommendation,
    Statement,
)
from sso_portal.organisation.models import Unit
from sso_portal.shared.record_admin import ReadOnly, RecordAdmin, RecordInline, WithHistory

# --- the office's own lists ----------------------------------------------------------------------


@admin.register(FocusArea)
class FocusAreaAdmin(admin.ModelAdmin):
    list_display = ["number", "name_da", "name_en", "is_active"]
    list_display_links = ["number", "name_da"]


@admin.register(Principle)
class PrincipleAdmin(admin.ModelAdmin):
    list_display = ["number", "text_da", "text_en", "is_mandatory"]
    list_display_links = ["number", "text_da"]


class PoolYearInline(admin.TabularInline):
    model = PoolYear
    extra = 1


@admin.register(Pool)
class PoolAdmin(admin.ModelAdmin):
    list_display = ["name_da", "name_en", "area", "is_active"]
    list_select_related = ["area"]
    inlines = [PoolYearInline]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "area":
            kwargs["queryset"] = Unit.objects.areas().in_tree_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


# --- records -------------------------------------------------------------------------------------


class DocumentInline(RecordInline):
    model = Document
    fields = ["key", "round", "version", "saved_by", "saved_at"]
    show_change_link = True


class VersionInline(RecordInline):
    model = DocumentVersion
    fields = ["number", "saved_by", "saved_at", "content"]


@admin.register(Project)
class ProjectAdmin(ReadOnly, WithHistory):
    actions = None
    list_display = ["reference", "title", "type", "phase", "standing", "priority", "unit"]
    list_display_links = ["reference", "title"]
    list_filter = ["type", "phase", "standing", "priority"]
    list_select_related = ["unit"]
    list_per_page = 50
    search_fields = ["title", "external_id"]
    show_full_result_count = False
    inlines = [DocumentInline]

    def get_queryset(self, request):
        """A draft is its author's alone, here too."""
        return super().get_queryset(request).sent()

    def history_view(self, request, object_id, extra_context=None):
        self._refuse_a_draft(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._refuse_a_draft(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _refuse_a_draft(self, request, object_id):
        """The history knows drafts too, and would show one that the list leaves out."""
        if self.get_object(request, object_id) is None:
            raise Http404


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    list_display = ["project", "key", "round", "version", "saved_by", "saved_at"]
    list_filter = ["key"]
    list_select_related = ["project", "saved_by"]
    inlines = [VersionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(project__in=Project.objects.sent())


@admin.register(Recommendation)
class RecommendationAdmin(RecordAdmin):
    list_display = ["project", "gate_number", "verdict", "by", "at"]
    list_select_related = ["project", "by"]


@admin.register(DecisionRequest)
class DecisionRequestAdmin(RecordAdmin):
    list_display = ["project", "gate_number", "desk", "unit", "asked_by", "asked_at", "closed_at"]
    list_select_related = ["project", "unit", "asked_by"]


@admin.register(GateDecision)
class GateDecisionAdmin(RecordAdmin):
    list_display = ["project", "gate_number", "verdict", "recorded_by", "forum", "decided_on"]
    list_filter = ["verdict", "gate_number"]
    list_select_related = ["project", "recorded_by"]


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ["project", "key", "conclusion", "asked_at", "given_by", "given_at"]
    list_filter = ["key", "conclusion"]
    list_select_related = ["project", "given_by"]
