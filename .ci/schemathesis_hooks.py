"""What schemathesis cannot be told by its settings."""

import functools
import json
import os
import pathlib
import re
import uuid

import schemathesis

KEY = re.compile(r"\"?[A-Za-z0-9_.-]{1,200}\"?")


@functools.cache
def own():
    """The ids of the clients by which the service is tried."""
    told = json.loads(pathlib.Path(os.environ["ATIGIP_FUZZ_CLIENTS"]).read_text())
    forms = [client["loginEndpointAuth"]["payloadRaw"] for client in told["auth"]]
    return {re.search(r"client_id=([^&]*)", form)[1] for form in forms}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes each request one that could be made now.

    A tag changes with each write, so that a made-up one would only ever be refused: `*` stands for
    it. A key that is sent twice has its first answer again, whatever comes with it, and has tests
    of its own (tests/it/idempotency): each request has another. What is absent stays absent, and a
    key that is not well formed stays as it is.

    The clients by which the service is tried are left as they are: a suspended one would only
    ever be refused."""
    if case.path.startswith("/v1/clients/") and case.method != "GET":
        if str(case.path_parameters.get("id")) in own():
            case.path_parameters["id"] = str(uuid.uuid4())
    if case.headers.get("If-Match"):
        case.headers["If-Match"] = "*"
    if KEY.fullmatch(str(case.headers.get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
