"""Records in the Django admin: looked at, never written, whoever asks and however."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin


class ReadOnly:
    """No adding, changing or removing, for a superuser neither; not by POST neither."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RecordAdmin(ReadOnly, admin.ModelAdmin):
    actions = None
    list_per_page = 50
    show_full_result_count = False


class RecordInline(ReadOnly, admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False


class WithHistory(SimpleHistoryAdmin):
    """Who changed which field, to be read. simple-history's own page would store what is posted
    to it, over the row as it is now, even where nothing may be changed."""

    object_history_list_template = "shared/history_list.html"

    def history_view_title(self, request, obj):
        return _("Changes of %(object)s") % {"object": obj}

    def history_form_view_title(self, request, obj):
        return _("%(object)s as it was") % {"object": obj}

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)
