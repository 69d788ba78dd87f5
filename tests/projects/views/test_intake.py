"""Submitting an idea, seen from the browser without scripts."""

import uuid

import pytest
from django.urls import reverse

from projects import intake
from projects.document_specs import IDEA_STEPS
from projects.models import FocusArea, PoolYear, Principle, Project
from projects.phase_model import ProjectType
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Role
from sso_portal.shared import clock
from tests.factories import PoolFactory, UnitFactory, a_sent_idea, person
from tests.factories.projects import a_draft


def step_url(project, step="problem"):
    return reverse("projects:idea_step", args=[project.pk, step])


def receipt_url(project):
    return reverse("projects:idea_receipt", args=[project.pk])


@pytest.fixture
def draft(office):
    return intake.start(by=office.employee, unit=office.home, title="Skærmbesøg")


@pytest.fixture
def whole_draft(office):
    return a_draft(by=office.employee, unit=office.home, title="Skærmbesøg")


def save(client, project, step, action="save", **fields):
    return client.post(step_url(project, step), {"based_on": 0, "action": action, **fields})


def errors_of(response, form="form"):
    return response.context[form].errors


# --- beginning ------------------------------------------------------------------------------


def begin(client, **fields):
    return client.post(
        reverse("projects:idea_new"), {"form_key": uuid.uuid4(), "title": "Skærmbesøg", **fields}
    )


def test_an_idea_begins_with_a_title(as_, office):
    response = begin(as_(office.employee))

    project = Project.objects.get()
    assert response.url == step_url(project)
    assert (project.title, project.unit, project.source) == (
        "Skærmbesøg",
        office.home,
        Project.Source.EMPLOYEE,
    )


def test_a_leader_is_the_source_of_own_ideas(as_, office):
    begin(as_(office.manager))

    assert Project.objects.get().source == Project.Source.MANAGER


def test_a_double_click_begins_one_idea(as_, office):
    client, key = as_(office.employee), uuid.uuid4()

    urls = {begin(client, form_key=key).url for _time in range(2)}

    assert urls == {step_url(Project.objects.get())}


def test_the_form_of_somebody_else_begins_nothing(as_, office):
    key = uuid.uuid4()
    begin(as_(office.employee), form_key=key)

    response = begin(as_(office.manager), form_key=key, title="Min egen")

    assert "__all__" in errors_of(response)
    assert Project.objects.count() == 1


def test_the_unit_is_asked_for_when_there_is_a_choice(as_, office):
    client = as_(office.chief)
    page = client.get(reverse("projects:idea_new"))
    assert page.context["form"].initial["unit"] == office.care.pk

    assert "unit" in errors_of(begin(client))
    begin(client, unit=office.home.pk)

    assert Project.objects.get().unit == office.home


def test_units_out_of_reach_or_out_of_use_are_no_choice(as_, office):
    closed = UnitFactory(name="Nedlagt", parent=office.care, is_active=False)
    client = as_(office.chief)

    for unit in (office.clinic, closed):
        assert "unit" in errors_of(begin(client, unit=unit.pk))


def test_who_has_no_unit_is_told_so(as_, office):
    nowhere = person(Role.EMPLOYEE, UnitFactory(is_active=False))

    response = begin(as_(nowhere))

    assert "administrator" in str(errors_of(response)["__all__"])


def test_digitek_says_where_the_idea_comes_from(as_, office):
    client = as_(office.digitek)

    assert set(errors_of(begin(client))) == {"source", "unit"}
    unnamed = begin(client, unit=office.clinic.pk, source="company")
    assert "source_name" in errors_of(unnamed)
    assert unnamed.context["form"]["title"].value() == "Skærmbesøg"
    begin(client, unit=office.clinic.pk, source="company", source_name="Sensorfirmaet")

    project = Project.objects.get()
    assert (project.source, project.source_name) == ("company", "Sensorfirmaet")


@pytest.mark.parametrize(
    "fields", [{"title": ""}, {"title": "x" * 161}, {"title": "a\x00b"}, {"form_key": "rubbish"}]
)
def test_what_is_wrong_with_a_new_idea_is_said(as_, office, fields):
    response = begin(as_(office.employee), **fields)

    assert set(errors_of(response)) == set(fields)
    assert not Project.objects.exists()


def test_not_everybody_begins_ideas(as_, office):
    assert as_(office.admin).get(reverse("projects:idea_new")).status_code == 403


# --- the steps ------------------------------------------------------------------------------


@pytest.mark.parametrize("step", IDEA_STEPS)
def test_a_draft_is_its_authors_alone(as_, office, draft, step):
    for user in (office.manager, office.digitek, office.chief, office.director):
        assert as_(user).get(step_url(draft, step)).status_code == 404


@pytest.mark.parametrize("step", ["nowhere", "project_description"])
def test_there_are_five_steps(as_, office, draft, step):
    assert as_(office.employee).get(step_url(draft, step)).status_code == 404


def test_a_step_may_be_saved_half_done(as_, office, draft):
    response = save(
        as_(office.employee), draft, "problem", title="Ny titel", problem="Vi kører\r\nmeget"
    )

    assert response.url == step_url(draft)
    draft.refresh_from_db()
    assert draft.title == "Ny titel"
    assert draft.paper("idea_description").content["problem"] == "Vi kører\nmeget"


@pytest.mark.parametrize(
    ("action", "leads_to"),
    [("next", "gain"), ("back", "problem"), ("save", "frame"), ("?", "frame")],
)
def test_next_and_back_save_too(as_, office, draft, action, leads_to):
    response = save(as_(office.employee), draft, "frame", action=action, purpose="Mere tid")

    assert response.url == step_url(draft, leads_to)
    assert Project.objects.get().paper("idea_description").content["purpose"] == "Mere tid"


def test_what_was_saved_is_there_again(as_, office, draft):
    client = as_(office.employee)
    area = FocusArea.objects.create(number=1, name_da="Automatisere", name_en="Automate")
    save(client, draft, "problem", title="T", idea="Skærme", focus_areas=[area.pk])

    page = client.get(step_url(draft)).content.decode()

    assert "Skærme</textarea>" in page
    assert "checked" in page


BAD = [
    ("frame", {"budget_kroner": "mange penge"}),
    ("frame", {"budget_kroner": "-5"}),
    ("frame", {"budget_kroner": "9" * 30}),
    ("frame", {"starts_on": "32-01-2027"}),
    ("frame", {"starts_on": "0202-05-01"}),
    ("frame", {"purpose": "x" * 10_001}),
    ("frame", {"purpose": "a\x00b"}),
    ("frame", {"pools": ["4711"]}),
    ("gain", {"times_a_year": "tolv"}),
    ("gain", {"minutes_before": "-1"}),
    ("gain", {"minutes_after": "1,5"}),
    ("problem", {"title": ""}),
    ("problem", {"focus_areas": ["x"], "title": "Titel"}),
    ("checklist", {"answer_1": "perhaps"}),
]


@pytest.mark.parametrize(("step", "bad"), BAD)
def test_bad_input_is_told_beside_the_field_and_stays_there(as_, office, draft, step, bad):
    response = save(as_(office.employee), draft, step, **bad)

    (name, typed), *_none = bad.items()
    assert set(errors_of(response)) == {name}
    assert response.context["form"][name].value() == typed
    assert "Alt andet på siden er gemt" in response.content.decode()


def test_the_rest_is_saved_beside_bad_input(as_, office, draft):
    save(as_(office.employee), draft, "frame", budget_kroner="mange", purpose="Mere tid")

    project = Project.objects.get()
    assert project.budget_kroner is None
    assert project.paper("idea_description").content["purpose"] == "Mere tid"


@pytest.mark.parametrize(
    ("first", "last"), [("31-12-2026", "2027-06-01"), ("31.12.2026", "1/6/2027")]
)
def test_dates_are_understood_as_they_are_written(as_, office, draft, first, last):
    save(as_(office.employee), draft, "frame", starts_on=first, ends_on=last)

    draft.refresh_from_db()
    assert (str(draft.starts_on), str(draft.ends_on)) == ("2026-12-31", "2027-06-01")


@pytest.mark.parametrize("first", ["2027-06-02", "rubbish"])
def test_a_period_is_saved_whole_or_not_at_all(as_, office, draft, first):
    client = as_(office.employee)
    save(client, draft, "frame", starts_on="2026-01-01", ends_on="2026-02-01")

    response = save(client, draft, "frame", starts_on=first, ends_on="2026-01-15")

    assert response.status_code == 200
    draft.refresh_from_db()
    assert (str(draft.starts_on), str(draft.ends_on)) == ("2026-01-01", "2026-02-01")


def test_an_amount_is_understood_in_the_readers_language(as_, office, draft):
    save(as_(office.employee), draft, "frame", budget_kroner="1.250.000 kr.")

    draft.refresh_from_db()
    assert draft.budget_kroner == 1_250_000


def test_a_broken_form_saves_nothing(as_, office, draft):
    response = save(as_(office.employee), draft, "problem", based_on="x", title="Ny")

    assert "based_on" in errors_of(response)
    draft.refresh_from_db()
    assert draft.title == "Skærmbesøg"


def test_pools_say_who_decides_and_what_they_have(as_, office, draft):
    year = clock.today().year
    PoolYear.objects.create(pool=office.care_pool, year=year, frame_kroner=200_000)
    gone = PoolFactory(name_da="Gammel pulje", is_active=False)
    health = PoolFactory(name_da="Sundhed", area=office.health)

    page = as_(office.employee).get(step_url(draft, "frame"))

    field = page.context["form"].fields["pools"]
    assert [pk for pk, _name in field.choices] == [
        office.care_pool.pk,
        office.shared_pool.pk,
        health.pk,
    ]
    assert dict(field.choices)[office.care_pool.pk] == "Omsorg (eget område)"
    help_text = field.option_help[str(office.care_pool.pk)]
    assert help_text == f"200.000 kr. i {year}. Chefen for Omsorg beslutter."
    assert field.option_help[str(office.shared_pool.pk)] == "Chefgruppen beslutter."
    assert gone.name not in page.content.decode()


def test_a_pool_that_was_chosen_stays_a_choice(as_, office, draft):
    draft.pools.add(office.care_pool)
    office.care_pool.is_active = False
    office.care_pool.save()

    save(as_(office.employee), draft, "frame", pools=[office.care_pool.pk])

    assert list(draft.pools.all()) == [office.care_pool]


def test_the_checklist_takes_answers_and_reasons(as_, office, draft):
    answers = {"answer_1": "not_relevant", "reason_1": "Ingen borgere", "answer_2": "open"}

    response = save(as_(office.employee), draft, "checklist", action="next", **answers)

    assert response.url == step_url(draft, "review")
    assert Project.objects.get().paper("checklist").content == {
        "1": {"answer": "not_relevant", "reason": "Ingen borgere"},
        "2": {"answer": "open", "reason": ""},
    }


# --- the hours ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((400, 30, 10), "≈ 133 timer om året"),
        ((400, 10, 30), "Det koster ca. 133 timer mere om året end i dag."),
        ((400, 10, 10), "Der frigives ingen arbejdstid."),
        ((400, 10, ""), "Udfyld de tre tal"),
        ((400, 10, "ti"), "Udfyld de tre tal"),
    ],
)
def test_the_hours_follow_the_figures_as_they_are_typed(as_, office, draft, figures, words):
    fields = dict(zip(("times_a_year", "minutes_before", "minutes_after"), figures, strict=True))

    response = as_(office.employee).get(
        step_url(draft, "gain"), fields, headers={"HX-Request": "true"}
    )

    assert words in response.content.decode()
    assert "<html" not in response.content.decode()
    draft.refresh_from_db()
    assert draft.times_a_year is None


def test_the_hours_are_reckoned_on_the_page_without_scripts(as_, office, draft):
    client = as_(office.employee)
    save(client, draft, "gain", times_a_year="1.200", minutes_before="20", minutes_after="15")

    assert "≈ 100 timer om året" in client.get(step_url(draft, "gain")).content.decode()
    assert "≈ 100 timer om året" in client.get(step_url(draft, "review")).content.decode()
    assert "Frigivet" not in client.get(step_url(draft, "frame")).content.decode()


# --- review and sending ---------------------------------------------------------------------


def test_the_review_links_to_what_is_missing(as_, office, draft):
    page = as_(office.employee).get(step_url(draft, "review"))

    links = [gap.url for gap in page.context["way"].must_be_filled]
    assert f"{step_url(draft, 'frame')}#id_purpose" in links
    assert len(page.context["way"].can_wait) == Principle.objects.count()
    assert "lederen, Plejecenter Nord" in page.content.decode()


def test_steps_show_how_far_they_have_come(as_, office, whole_draft):
    Project.objects.filter(pk=whole_draft.pk).update(budget_kroner=None, times_a_year=None)

    page = as_(office.employee).get(step_url(whole_draft, "checklist"))

    states = [step.state for step in page.context["way"].steps]
    assert states == ["done", "error", "error", "current", "todo"]


def test_an_incomplete_idea_is_refused_and_says_what_is_missing(as_, office, draft):
    response = as_(office.employee).post(step_url(draft, "review"))

    page = response.content.decode()
    assert "data-error-summary" in page
    assert "Formål" in page
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_whole_idea_is_sent_and_answered_by_its_receipt(as_, office, whole_draft):
    client = as_(office.employee)

    response = client.post(step_url(whole_draft, "review"))

    assert response.url == receipt_url(whole_draft)
    page = client.get(response.url).content.decode()
    assert f"SSO-{clock.today().year}-001" in page
    assert "lederen, Plejecenter Nord" in page
    assert "Lederen, Plejecenter Nord bliver bedt om at stå bag" in page


def test_sending_twice_leads_to_the_same_receipt(as_, office, whole_draft):
    client = as_(office.employee)

    urls = [client.post(step_url(whole_draft, "review")).url for _time in range(2)]

    assert urls == [receipt_url(whole_draft)] * 2
    assert Project.objects.get().number == 1


@pytest.mark.parametrize("step", IDEA_STEPS)
def test_a_sent_idea_answers_with_its_receipt(as_, office, step):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    assert as_(office.employee).get(step_url(idea, step)).url == receipt_url(idea)
    assert as_(office.manager).get(step_url(idea, step)).status_code == 403


def test_the_receipt_of_a_draft_is_its_review(as_, office, draft):
    assert as_(office.employee).get(receipt_url(draft)).url == step_url(draft, "review")


def test_the_receipt_is_the_givers(as_, office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    assert as_(office.digitek).get(receipt_url(idea)).status_code == 403
    assert as_(office.other_manager).get(receipt_url(idea)).status_code == 404


def test_an_old_receipt_tells_of_no_steps_that_are_over(as_, office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    intake.qualify(
        idea, by=office.digitek, type="digitek", touches_it=False, digitek_contact=office.digitek
    )

    assert "Hvad sker der nu" not in as_(office.manager).get(receipt_url(idea)).content.decode()


# --- completing what was sent back ----------------------------------------------------------


@pytest.fixture
def sent_back(office):
    idea = a_sent_idea(by=office.manager, unit=office.home, title="Skærmbesøg")
    return intake.send_back(idea, by=office.digitek, words="Hvor mange borgere?")


@pytest.mark.parametrize("step", IDEA_STEPS)
def test_the_giver_sees_what_was_asked_for_on_every_step(as_, office, sent_back, step):
    page = as_(office.manager).get(step_url(sent_back, step)).content.decode()

    assert "Hvor mange borgere?" in page
    assert str(office.digitek) in page
    assert "Slet kladden" not in page


def test_the_completed_idea_is_sent_again_once(as_, office, sent_back):
    client = as_(office.manager)
    save(client, sent_back, "checklist", based_on=1, answer_1="done", answer_2="open")
    assert sent_back.documents.get(key="checklist").version == 2

    urls = [client.post(step_url(sent_back, "review")).url for _time in range(2)]

    assert urls == [receipt_url(sent_back)] * 2
    assert sent_back.waits.get(closed_at=None).kind == Waiting.Kind.QUALIFY


def test_digiteks_words_meanwhile_are_shown_and_not_overwritten(as_, office, sent_back):
    as_(office.digitek).post(
        reverse("projects:document_edit", args=[sent_back.pk, "idea_description"]),
        {"based_on": 1, "title": "Skærmbesøg", "purpose": "DigiTeks formål"},
    )

    response = save(
        as_(office.manager), sent_back, "frame", based_on=1, purpose="Mit formål", risk="Om risk"
    )

    page = response.content.decode()
    assert "DigiTeks formål" in page
    assert "Mit formål" in page
    assert response.context["form"]["based_on"].value() == 2


# --- deleting -------------------------------------------------------------------------------


def test_a_draft_is_deleted_after_asking(as_, office, draft):
    client, url = as_(office.employee), reverse("projects:idea_delete", args=[draft.pk])

    assert "Skærmbesøg" in client.get(url).content.decode()
    assert Project.objects.exists()
    assert client.post(url).url == reverse("front:home")
    assert not Project.objects.exists()


def test_what_is_sent_or_anothers_is_not_deleted(as_, office, draft):
    sent = a_sent_idea(by=office.employee, unit=office.home)

    for user, idea, status in ((office.employee, sent, 403), (office.manager, draft, 404)):
        url = reverse("projects:idea_delete", args=[idea.pk])
        assert as_(user).post(url).status_code == status
    assert Project.objects.count() == 2


# --- qualifying and sending back ------------------------------------------------------------


@pytest.fixture
def idea(office):
    return a_sent_idea(by=office.manager, unit=office.home)


def qualify(client, idea, **fields):
    return client.post(reverse("projects:qualify", args=[idea.pk]), fields)


def test_digitek_qualifies_an_idea(as_, office, idea):
    client, lead = as_(office.digitek), person(Role.EMPLOYEE, office.home)
    page = client.get(reverse("projects:qualify", args=[idea.pk]))
    assert page.context["form"].initial["digitek_contact"] == office.digitek
    assert f"{lead}, Plejecenter Nord" in page.content.decode()
    assert "meget høj" in page.content.decode()

    response = qualify(
        client,
        idea,
        type="must_do",
        touches_it="yes",
        digitek_contact=office.digitek.pk,
        lead=lead.pk,
    )

    assert response.url == idea.get_absolute_url()
    idea.refresh_from_db()
    assert (idea.type, idea.priority, idea.touches_it) == (ProjectType.MUST_DO, "very_high", True)


def test_what_is_missing_in_a_qualification_is_said(as_, office, idea):
    response = qualify(as_(office.digitek), idea, type="digitek")

    assert set(errors_of(response)) == {"touches_it", "digitek_contact"}


def test_only_active_people_of_digitek_can_be_its_contact(as_, office, idea):
    gone = person(Role.DIGITEK, office.top, is_active=False)
    client = as_(office.digitek)

    for contact in (gone, office.chief):
        response = qualify(
            client, idea, type="digitek", touches_it="no", digitek_contact=contact.pk, lead=gone.pk
        )
        assert set(errors_of(response)) == {"digitek_contact", "lead"}


def test_a_refused_qualification_keeps_what_was_chosen(as_, office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    response = qualify(
        as_(office.digitek),
        idea,
        type="other",
        touches_it="no",
        digitek_contact=office.digitek.pk,
    )

    assert "__all__" in errors_of(response)
    assert response.context["form"]["type"].value() == "other"


def test_digitek_sends_an_idea_back_with_words(as_, office, idea):
    client, url = as_(office.digitek), reverse("projects:send_back", args=[idea.pk])
    assert url in client.get(reverse("projects:qualify", args=[idea.pk])).content.decode()

    assert "words" in errors_of(client.post(url, {"words": "  "}))
    for _time in range(2):
        response = client.post(url, {"words": "Hvor mange?"})
        assert response.url == idea.get_absolute_url()

    assert idea.waits.get(closed_at=None).user == office.manager
    refused = client.post(url, {"words": "Noget helt andet"})
    assert refused.context["form"]["words"].value() == "Noget helt andet"
    assert url not in client.get(reverse("projects:qualify", args=[idea.pk])).content.decode()


@pytest.mark.parametrize("name", ["qualify", "send_back"])
def test_the_others_may_see_the_idea_but_not_qualify_it(as_, office, idea, name):
    url = reverse(f"projects:{name}", args=[idea.pk])

    for user, status in (
        (office.manager, 403),
        (office.chief, 403),
        (office.other_manager, 404),
        (office.digitek, 200),
    ):
        assert as_(user).get(url).status_code == status


# --- what it costs --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("step", "queries"),
    [("problem", 12), ("frame", 13), ("gain", 11), ("checklist", 12), ("review", 17)],
)
def test_the_number_of_queries_does_not_grow(
    as_, office, whole_draft, step, queries, count, django_assert_num_queries
):
    for number in range(2, 2 + count):
        FocusArea.objects.create(number=number, name_da=f"F{number}", name_en=f"F{number}")
        whole_draft.pools.add(PoolFactory())
        Principle.objects.create(number=10 + number, text_da="P", text_en="P")
    client = as_(office.employee)

    with django_assert_num_queries(queries):
        client.get(step_url(whole_draft, step))


@pytest.mark.parametrize("count", [1, 3])
def test_the_qualify_page_costs_the_same_with_more_people(
    as_, office, idea, count, django_assert_num_queries
):
    for _number in range(count):
        person(Role.DIGITEK, office.top)
    client = as_(office.digitek)

    with django_assert_num_queries(15):
        client.get(reverse("projects:qualify", args=[idea.pk]))
