"""The administrator's view of what left the portal and what did not. Nothing is edited here."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sso_portal.shared import outbox
from sso_portal.shared.models import Event, OutgoingMail
from sso_portal.shared.record_admin import RecordAdmin


class NeedsAPerson(admin.SimpleListFilter):
    title = _("needs a person")
    parameter_name = "needs_a_person"

    def lookups(self, request, model_admin):
        return [("yes", _("Not sent, or perhaps not arrived"))]

    def queryset(self, request, queryset):
        return queryset.needing_a_person() if self.value() == "yes" else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    list_display = [
        "created_at", "recipient", "address", "subject", "state", "reason", "attempts", "sent_at",
    ]  # fmt: skip
    list_filter = [NeedsAPerson, "state", "kind", "created_at"]
    list_select_related = ["recipient"]
    list_per_page = 50
    search_fields = ["address", "subject"]
    show_full_result_count = False
    actions = ["send_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Send again (only mails that were not sent)"))
    def send_again(self, request, queryset):
        chosen = queryset.count()
        queued = outbox.send_again(queryset)
        for mail in queued:
            self.log_change(request, mail, "Sent again")
        if queued:
            words = ngettext(
                "%(count)d mail is queued.", "%(count)d mails are queued.", len(queued)
            )
            messages.success(request, words % {"count": len(queued)})
        if left_alone := chosen - len(queued):
            words = ngettext(
                "%(count)d mail was left alone: only a mail that was not sent is sent again.",
                "%(count)d mails were left alone: only mails that were not sent are sent again.",
                left_alone,
            )
            messages.warning(request, words % {"count": left_alone})


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = ["at", "key", "by", "content_type", "object_id"]
    list_filter = ["key", "at"]
    list_select_related = ["by", "content_type"]
