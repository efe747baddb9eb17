"""Letters that go with a report: payment request, cover letter, request for a modification of the budget."""

from grants.views.letters.cover import view_cover_letter
from grants.views.letters.enclosures import list_enclosed
from grants.views.letters.modification import asks_for_modification, view_modification_request
from grants.views.letters.parts import asks_for_payment
from grants.views.letters.payment import view_payment_request

__all__ = [
    "asks_for_modification",
    "asks_for_payment",
    "list_enclosed",
    "view_cover_letter",
    "view_modification_request",
    "view_payment_request",
]
