"""The demo's mailbox: what the portal would have sent, shown to the one it is for."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sso_portal.shared.models import OutgoingMail


def demo_only(view):
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@demo_only
@login_required
@require_GET
def mailbox(request):
    mails = OutgoingMail.objects.addressed_to(request.user).defer("text", "html")
    page = Paginator(mails, per_page=50).get_page(request.GET.get("page"))
    return render(request, "shared/mailbox.html", {"page": page})


@demo_only
@login_required
@require_GET
def mail(request, pk):
    mails = OutgoingMail.objects.addressed_to(request.user)
    return render(request, "shared/mail.html", {"mail": get_object_or_404(mails, pk=pk)})
