"""`grants outbox`: a report is drafted, approved and sent by e-mail, once, with a record of it."""
