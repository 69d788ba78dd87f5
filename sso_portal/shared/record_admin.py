"""Records in the Django admin: looked at, never written, whoever asks and however."""

from django.contrib import admin


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
