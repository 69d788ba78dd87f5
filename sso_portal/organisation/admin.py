"""What an administrator keeps: units, people and their roles. What waits for whom is only read."""

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation import people
from sso_portal.organisation.models import Assignment, Unit, User, Waiting
from sso_portal.organisation.roles import Role
from sso_portal.shared.record_admin import RecordAdmin, WithHistory


def in_the_tree(unit: Unit) -> str:
    """The unit's name, moved in by how deep it lies."""
    return "\u2007\u2007" * unit.depth + unit.name


class UnitsInTheTree:
    """Units are chosen from the tree as it looks, and only among those in use."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.related_model is Unit:
            field.label_from_instance = in_the_tree
            field.queryset = Unit.objects.in_tree_order()
        return field


@admin.register(Unit)
class UnitAdmin(UnitsInTheTree, WithHistory):
    list_display = ["tree", "kind", "is_active", "number_of_people"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    fields = ["name", "kind", "parent", "is_active"]
    ordering = ["path"]
    sortable_by = []
    list_per_page = 200

    def get_queryset(self, request):
        return super().get_queryset(request).with_number_of_people()

    @admin.display(description=_("unit"))
    def tree(self, unit):
        return in_the_tree(unit)

    @admin.display(description=_("people"))
    def number_of_people(self, unit):
        return unit.number_of_people


class AssignmentInline(UnitsInTheTree, admin.TabularInline):
    model = Assignment
    extra = 1
    verbose_name = _("role")
    verbose_name_plural = _("roles")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "unit")


class HoldsRole(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        held = Assignment.objects.filter(role=self.value()).values("user")
        return queryset.filter(pk__in=held) if self.value() else queryset


@admin.register(User)
class PersonAdmin(UnitsInTheTree, UserAdmin):
    list_display = ["name", "username", "roles", "is_active"]
    list_filter = ["is_active", HoldsRole, "unit"]
    list_per_page = 50
    search_fields = ["first_name", "last_name", "username", "email"]
    ordering = ["first_name", "last_name", "username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    inlines = [AssignmentInline]
    actions = ["anonymise", "remove_second_factor"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["username", "password", "is_active"]}),
        (
            _("Person"),
            {"fields": ["first_name", "last_name", "title", "unit", "email", "language"]},
        ),
        (_("Traces"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "username", "first_name", "last_name", "title", "unit", "email", "language",
                    "usable_password", "password1", "password2",
                ],
            },
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("assignments__unit")

    def get_inlines(self, request, obj):
        return self.inlines

    def has_change_permission(self, request, obj=None):
        """Who has been forgotten stays so."""
        if obj is not None and obj.anonymised_at:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Nobody is removed: the record names people by key. Who has left is anonymised."""
        return False

    @admin.display(description=_("name"), ordering="first_name")
    def name(self, person):
        return str(person)

    @admin.display(description=_("roles"))
    def roles(self, person):
        return "; ".join(held.words for held in person.assignments.all())

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            self._warn_of_waits(request, obj)

    def _warn_of_waits(self, request, person):
        waits = people.waits_that_need(person)
        if waits:
            words = ngettext(
                "%(count)d task still waits for %(person)s alone.",
                "%(count)d tasks still wait for %(person)s alone.",
                len(waits),
            )
            messages.warning(request, words % {"count": len(waits), "person": person})

    @admin.action(description=_("Anonymise those who have left"), permissions=["change"])
    def anonymise(self, request, queryset):
        for person in queryset:
            try:
                people.anonymise(person, by=request.user)
            except people.PeopleError as error:
                messages.error(request, str(error))
            else:
                self.log_change(request, User.objects.get(pk=person.pk), "Anonymised")
                messages.success(request, gettext("One person has been anonymised."))

    @admin.action(description=_("Remove the second factor (lost phone)"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        for person in queryset:
            removed, _kinds = Authenticator.objects.filter(user=person).delete()
            if removed:
                self.log_change(request, person, "Second factor removed")
                words = gettext("%(person)s signs in with the password alone now.")
                messages.success(request, words % {"person": person})


@admin.register(Assignment)
class AssignmentAdmin(UnitsInTheTree, WithHistory):
    list_display = ["user", "role", "unit"]
    list_filter = ["role", "unit"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__first_name", "user__last_name", "user__username"]
    autocomplete_fields = ["user"]


@admin.register(Waiting)
class WaitingAdmin(RecordAdmin):
    list_display = ["kind", "user", "desk", "unit", "since", "due_on", "closed_at"]
    list_filter = ["kind", "desk", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "unit"]
