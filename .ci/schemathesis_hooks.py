"""What schemathesis cannot be told by its settings."""

import re
import uuid

import schemathesis

KEY = re.compile(r"\"?[A-Za-z0-9_.-]{1,200}\"?")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes each request one that could be made now.

    A tag changes with each write, so that a made-up one would only ever be refused: `*` stands for
    it. A key that is sent twice has its first answer again, whatever comes with it, and has tests
    of its own (tests/it/idempotency): each request has another. What is absent stays absent, and a
    key that is not well formed stays as it is."""
    if case.headers.get("If-Match"):
        case.headers["If-Match"] = "*"
    if KEY.fullmatch(str(case.headers.get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
