#!/usr/bin/env python3
"""A partner's system: it posts its offers by its own references and keeps them in step.

    tests/partner_client.py EXECUTABLE               against a server of its own, as the gate does
    tests/partner_client.py BASE ID SECRET PARTNER   against a platform, as the client of a partner

It asks for a token, tries a batch of 1,000 offers without keeping anything, corrects what is
refused, posts them, sends the same again, synchronises with some that are gone, meets the guard,
completes, and follows the change log. The standard library is all that it needs; what does not
answer as it should ends it."""

import collections
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

OFFERS = 1_000
# Every so many offers has a fault, which is corrected once it is told.
FAULTY = 100
SCOPES = "offers:write,offers:read-restricted,changes:read"


class Platform:
    """The API, as the client of a partner sees it."""

    def __init__(self, base, client, secret):
        self.base, self.token = base, None
        form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
        status, _, body = self.ask(
            "POST",
            "/oauth/token",
            urllib.parse.urlencode(form),
            "application/x-www-form-urlencoded",
        )
        expect(status == 200, f"no token: {body}")
        self.token = json.loads(body)["access_token"]

    def ask(self, method, path, body=None, kind="application/json"):
        """Status, headers and text of an answer."""
        url = path if path.startswith("http") else self.base + path
        headers = {"Content-Type": kind} if body is not None else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = body.encode() if body is not None else None
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def json(self, method, path, body=None, expected=200):
        """The JSON of an answer of the expected status."""
        sent = None if body is None else json.dumps(body)
        status, _, text = self.ask(method, path, sent)
        expect(status == expected, f"{method} {path}: {status} {text}")
        return json.loads(text) if text else None

    def batch(self, path, offers):
        """What became of each offer, by its reference, and how many lines came to what."""
        lines = "".join(json.dumps(offer) + "\n" for offer in offers)
        status, _, text = self.ask("POST", path, lines, "application/x-ndjson")
        expect(status == 200, f"POST {path}: {status} {text}")
        *results, end = [json.loads(line) for line in text.splitlines()]
        expect("problem" not in end, f"the batch ended early: {end}")
        expect(len(results) == len(offers), f"{len(results)} results for {len(offers)} lines")
        return {result["reference"]: result for result in results}, end["summary"]


def expect(holds, otherwise):
    """Ends with what is wrong."""
    if not holds:
        sys.exit(f"partner_client: {otherwise}")


def offer(number):
    """An offer of the partner's own system; some name a commune that is none."""
    return {
        "reference": f"TIG-{number:05}",
        "kind": "tig",
        "title": f"Entretien des espaces verts, équipe {number}",
        "description": "Tonte, taille et désherbage des parcs.",
        "commune": "33999" if number % FAULTY == 0 else "33063",
        "diffusion": "public",
        "permanent": True,
        "places": 1 + number % 3,
        "hours_per_week": 20,
        "measures": ["tig"],
        "form": "individual",
        "field": "green_spaces",
        "audiences": ["adults"],
        "slots": ["weekday"],
        "licence_needed": False,
        "vehicle_needed": False,
        "particular_risks": False,
        "care_establishment": False,
        "host_named": True,
        "submit": True,
    }


def post(platform, own):
    """Posts every offer; gives them as they are once corrected, and the id of each."""
    offers = {it["reference"]: it for it in map(offer, range(OFFERS))}
    tried, summary = platform.batch(f"{own}/batch?dry_run=true", list(offers.values()))
    refused = [reference for reference, it in tried.items() if it["outcome"]["code"] == "refused"]
    expect(len(refused) == OFFERS // FAULTY, f"{len(refused)} lines are refused")
    expect(platform.json("GET", own)["total"] == 0, "a dry run kept something")
    made, summary = platform.batch(f"{own}/batch", list(offers.values()))
    expect(summary["created"] == OFFERS - len(refused), f"posted: {summary}")
    for reference in refused:
        pointers = [error["pointer"] for error in tried[reference]["errors"]]
        expect(pointers == ["#/commune"], f"{reference} is refused for {pointers}")
        offers[reference]["commune"] = "33063"
    corrected, summary = platform.batch(f"{own}/batch", [offers[it] for it in refused])
    expect(summary["created"] == len(refused), f"corrected: {summary}")
    _, summary = platform.batch(f"{own}/batch", list(offers.values()))
    expect(summary["unchanged"] == OFFERS, f"sent again: {summary}")
    ids = {reference: result["id"] for reference, result in (made | corrected).items()}
    return list(offers.values()), ids


def synchronise(platform, own, offers):
    """Sends what is left of the offers: the others are withdrawn, unless they are too many. Gives
    the references of those that were."""
    sync = platform.json("POST", f"{own}/syncs", {}, 201)["url"]
    half = len(offers) // 2
    platform.batch(f"{sync}/batch", offers[:half])
    guard = platform.json("POST", f"{sync}/complete", {}, 409)
    expect(guard["would_withdraw"] == OFFERS - half, f"the guard: {guard}")
    kept = offers[: OFFERS * 9 // 10]
    platform.batch(f"{sync}/batch", kept[half:])
    done = platform.json("POST", f"{sync}/complete", {})
    expect(done["withdrawn"] == OFFERS - len(kept), f"completed: {done}")
    gone = platform.json("GET", f"{own}?reason=withdrawn")["total"]
    expect(gone == OFFERS - len(kept), f"{gone} offers are withdrawn")
    withdrawn = [it["reference"] for it in offers[len(kept) :]]
    back = offers[-1]
    path = f"{own}/{back.pop('reference')}"
    platform.json("GET", path, None, 410)
    revived = platform.json("PUT", path, back)
    expect("withdrawn_at" not in revived, "a later PUT revives an offer")
    return withdrawn


def follow(platform, position):
    """Every change that the client sees after a position, and where the log ends."""
    changes = []
    while True:
        page = platform.json("GET", f"/v1/changes?after={position}&limit=100")
        changes += page["items"]
        position = page["position"]
        if "next" not in page:
            return changes, position


def check(changes, ids, withdrawn):
    """Holds what the log tells against what was done: each thing once, for each offer."""
    told = collections.defaultdict(collections.Counter)
    for change in changes:
        told[change["type"]["code"]][change["id"]] += 1
    once = collections.Counter(ids.values())
    expect(told["offer.created"] == once, f"{told['offer.created'].total()} are told as created")
    expect(told["offer.submitted"] == once, f"{told['offer.submitted'].total()} as submitted")
    gone = collections.Counter(ids[reference] for reference in withdrawn)
    expect(told["offer.withdrawn"] == gone, f"{told['offer.withdrawn'].total()} as withdrawn")
    back = collections.Counter([ids[withdrawn[-1]]])
    expect(told["offer.revived"] == back, f"{told['offer.revived'].total()} as revived")


def talk(base, client, secret, partner):
    """What a partner's system does of a night."""
    started = time.monotonic()
    platform = Platform(base, client, secret)
    own = f"/v1/partners/{partner}/offers"
    _, position = follow(platform, 0)
    offers, ids = post(platform, own)
    withdrawn = synchronise(platform, own, offers)
    changes, end = follow(platform, position)
    expect(end >= position + len(changes), f"the log ends at {end}")
    sequences = [change["sequence"] for change in changes]
    expect(sequences == sorted(set(sequences)), "the log is not in order")
    mine = set(ids.values())
    check([change for change in changes if change["id"] in mine], ids, withdrawn)
    print(f"partner_client: {OFFERS} offers posted and in step in {time.monotonic() - started:.1f} s")


def made(atigip, role, perimeter, scopes):
    """The id and the secret of a new client."""
    command = [*atigip, "clients", "create", "--name", role, "--role", role, "--scope", scopes]
    if perimeter:
        command += ["--perimeter", perimeter]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = dict(line.split(None, 1) for line in told.splitlines() if line.startswith("client_"))
    return lines["client_id"], lines["client_secret"]


def serve(atigip, folder):
    """Starts a server; tells its process and where it answers."""
    flags = ["--bind", "127.0.0.1:0", "--metrics-bind", "off"]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [*atigip, "serve", *flags], stdout=subprocess.PIPE, stderr=log, text=True
        )
    for line in server.stdout:
        if line.startswith("Serving"):
            return server, line.split()[1]
    return sys.exit((folder / "log").read_text())


def alone(executable):
    """Against a server of its own, on a database of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        atigip = [str(pathlib.Path(executable).resolve())]
        os.environ["DATABASE_URL"] = f"sqlite://{folder}/partner.db"
        server, base = serve(atigip, folder)
        try:
            agency = Platform(base, *made(atigip, "agency", None, "partners:write"))
            host = {
                "name": "Service fictif des espaces verts",
                "kind": "state_service",
                "roles": ["tig_host"],
                "host_kind": "public_body",
                "address": {"commune": "33063"},
            }
            partner = agency.json("POST", "/v1/partners", host, 201)["id"]
            talk(base, *made(atigip, "partner", f"partner={partner}", SCOPES), partner)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        alone(sys.argv[1])
    elif len(sys.argv) == 5:
        talk(*sys.argv[1:])
    else:
        sys.exit(__doc__)
