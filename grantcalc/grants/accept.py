"""Findings that the grant file accepts, each with the reason."""

from grantcalc.grants.fields import Date, Record, Text


class Accepted(Record):
    """A finding that is accepted: by which rule and with which subject it is found, and why it is let stand.

    Attributes:
        finding: the code or name of the rule.
        subject: the finding's message, or the beginning of it up to a colon, a comma or a semicolon.
        reason: why it is accepted.
        by: who accepted it.
        until: the last day on which it is accepted.
    """

    finding: Text
    subject: Text
    reason: Text
    by: Text | None = None
    until: Date | None = None
