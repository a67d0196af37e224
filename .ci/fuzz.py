#!/usr/bin/env python3
"""Tries a server of its own by the contract that it serves: schemathesis with every check.

    .ci/fuzz.py EXECUTABLE [SECONDS]     with `st` beside the interpreter

The server has a SQLite database of a demonstration in a folder of its own, no limits, and a
client for each kind of access; two hosts must not see each other's objects. What it answers
wrongly is told with the request that shows it; the exceptions are in schemathesis.toml."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TOKEN = {
    "verb": "POST",
    "endpoint": "/oauth/token",
    "contentType": "application/x-www-form-urlencoded",
    "token": {
        "extractFrom": "body",
        "extractSelector": "/access_token",
        "sendIn": "header",
        "sendName": "Authorization",
        "sendTemplate": "Bearer {token}",
    },
}


def hosts(base):
    """The ids of two associations of the demonstration that take people in."""
    with urllib.request.urlopen(f"{base}/v1/partners?kind=association&role=tig_host&limit=2") as answer:
        return [partner["id"] for partner in json.load(answer)["items"]]


def clients(base):
    """Name, role and what it needs, scopes; an operation is tried by the first one that has its scope."""
    record = "partners:read-restricted,partners:write,changes:read"
    host = f"{record},habilitations:read,habilitations:file,offers:read-restricted,offers:write,holds:read"
    partner_a, partner_b = [
        (name, ["partner", "--perimeter", f"partner={id}"], host)
        for name, id in zip(["partner_a", "partner_b"], hosts(base), strict=True)
    ]
    manage = "establishments:write,establishments:manage,audit:read"
    instruct = "habilitations:instruct,offers:instruct,offers:moderate,holds:write"
    prosecutor = ["magistrate", "--function", "prosecutor", "--organisation", "ministry=Justice"]
    prosecutor += ["--perimeter", "departements=33,75"]
    return [
        partner_a,
        ("agency", ["agency"], f"{manage},{host},{instruct}"),
        ("administrator", ["administrator"], "clients:admin"),
        ("prosecutor", prosecutor, "habilitations:opine,offers:opine"),
        partner_b,
    ]


def make(atigip, name, role, scopes):
    """Makes a client, and tells how it obtains its token."""
    command = [*atigip, "clients", "create", "--name", name, "--scope", scopes, "--role", *role]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = dict(line.split(None, 1) for line in told.splitlines() if line.startswith("client_"))
    form = "grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}"
    return {"name": name, "loginEndpointAuth": {**TOKEN, "payloadRaw": form.format(**lines)}}


def serve(atigip, folder):
    """Starts the server; tells its process and where it answers."""
    flags = ["--demo", "--bind", "127.0.0.1:0", "--metrics-bind", "off"]
    for limit in ["address", "token"]:
        flags += [f"--rate-{limit}-per-minute", "off"]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [*atigip, "serve", *flags], stdout=subprocess.PIPE, stderr=log, text=True
        )
    for line in server.stdout:
        if line.startswith("Serving"):
            return server, line.split()[1]
    sys.exit((folder / "log").read_text())


def end(server, folder):
    """Ends the server as an operator does; it must end well, and have met no error of its own."""
    server.send_signal(signal.SIGTERM)
    code = server.wait(timeout=60)
    faults = [line for line in (folder / "log").read_text().splitlines() if "ERROR" in line]
    print("\n".join(faults[:20]))
    return code or len(faults)


def main(executable, seconds="150"):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        atigip = [str(pathlib.Path(executable).resolve())]
        os.environ["DATABASE_URL"] = f"sqlite://{folder}/fuzz.db"
        server, base = serve(atigip, folder)
        known = clients(base)
        document = {"schemaVersion": "0.2.0", "auth": [make(atigip, *client) for client in known]}
        (folder / "clients.json").write_text(json.dumps(document))
        os.environ["ATIGIP_FUZZ_SCOPES"] = json.dumps({name: scopes.split(",") for name, _, scopes in known})
        os.environ["ATIGIP_FUZZ_CLIENTS"] = str(folder / "clients.json")
        os.environ["PYTHONPATH"] = str(HERE)
        st = [str(pathlib.Path(sys.executable).parent / "st"), "--config-file", str(HERE / "schemathesis.toml")]
        started = time.monotonic()
        asked = ["run", f"{base}/openapi.json", "--workers", "1", "--max-examples", "20", "--max-time", seconds]
        found = subprocess.run([*st, *asked, "--continue-on-failure"], cwd=folder).returncode
        print(f"schemathesis: {time.monotonic() - started:.0f} s")
        ended = end(server, folder)
        if found:
            print("The end of what the server said:")
            print("\n".join((folder / "log").read_text().splitlines()[-40:]))
        return found or ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
