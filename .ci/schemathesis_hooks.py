"""What schemathesis cannot be told by its settings."""

import functools
import json
import os
import pathlib
import re
import uuid

import schemathesis
from schemathesis.wfc.escalation import restore_identity_assignments

KEY = re.compile(r"\"?[A-Za-z0-9_.-]{1,200}\"?")


@functools.cache
def own():
    """The ids of the clients by which the service is tried."""
    told = json.loads(pathlib.Path(os.environ["ATIGIP_FUZZ_CLIENTS"]).read_text())
    forms = [client["loginEndpointAuth"]["payloadRaw"] for client in told["auth"]]
    return {re.search(r"client_id=([^&]*)", form)[1] for form in forms}


ASSIGNED = set()


def assign(schema):
    """Has each operation tried by the first client that has its scope. The tool would find one by
    trial, and would spend most of its time on being refused."""
    if id(schema) in ASSIGNED:
        return
    ASSIGNED.add(id(schema))
    clients = json.loads(os.environ["ATIGIP_FUZZ_SCOPES"])
    assigned = {}
    for path, item in schema.raw_schema["paths"].items():
        for method, operation in item.items():
            security = operation.get("security", []) if isinstance(operation, dict) else []
            needed = {scope for one in security for scope in one.get("oauth2", [])}
            able = (name for name, scopes in clients.items() if needed <= set(scopes))
            assigned[f"{method.upper()} {path}"] = next(able)
    restore_identity_assignments(schema, assigned)


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    """Lines are text of which the contract says no more; anything else is a line of its own."""
    text = value if isinstance(value, str) else json.dumps(value) + "\n"
    return {"data": value if isinstance(value, bytes) else text.encode(errors="replace")}


@schemathesis.deserializer("application/vnd.mapbox-vector-tile")
def tile(context, response):
    """A tile is bytes of which the contract tells the most there are: a text with one letter each.
    What is in it has tests of its own (tests/it/tiles)."""
    return response.content.decode("latin-1")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes each request one that could be made now.

    A tag changes with each write, so that a made-up one would only ever be refused: `*` stands for
    it. A key that is sent twice has its first answer again, whatever comes with it, and has tests
    of its own (tests/it/idempotency): each request has another. What is absent stays absent, and a
    key that is not well formed stays as it is.

    The clients by which the service is tried are left as they are: a suspended one would only
    ever be refused."""
    assign(case.operation.schema)
    if case.path.startswith("/v1/clients/") and case.method != "GET":
        if str(case.path_parameters.get("id")) in own():
            case.path_parameters["id"] = str(uuid.uuid4())
    if case.headers.get("If-Match"):
        case.headers["If-Match"] = "*"
    if KEY.fullmatch(str(case.headers.get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
