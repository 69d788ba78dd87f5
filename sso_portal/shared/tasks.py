"""What a worker does for the outbox; the rows are the queue (see ``outbox``)."""

from celery import shared_task


@shared_task(name="outbox.deliver", ignore_result=True, soft_time_limit=90, time_limit=100)
def deliver(mail_id: int) -> None:
    from sso_portal.shared import outbox

    outbox.deliver(mail_id)


# Room for a round of 45 seconds and one last mail.
@shared_task(name="outbox.sweep", ignore_result=True, soft_time_limit=140, time_limit=150)
def sweep() -> None:
    from sso_portal.shared import outbox

    outbox.sweep()
