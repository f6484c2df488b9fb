"""Whether the addresses of sources still lead somewhere: whom to ask, how politely, and what the answers mean.

Nothing here opens a connection, reads a clock or waits: all of that is done by the `Web` that a command passes in.
"""

from policytrack.links.checking import Run, check
from policytrack.links.hosts import Exempt, read_hosts
from policytrack.links.report import Report, ReportError, State, as_text, read_report
from policytrack.links.web import Answer, NoAnswerError, Request, Web

__all__ = [
    "Answer",
    "Exempt",
    "NoAnswerError",
    "Report",
    "ReportError",
    "Request",
    "Run",
    "State",
    "Web",
    "as_text",
    "check",
    "read_hosts",
    "read_report",
]
