//! A client of the API: made as the command line does, with a token asked for over HTTP.
//!
//! Hundreds of tests make some: in this process, since starting another one costs more than all
//! that it does. The command itself has tests of its own (`cli_clients`).

use api::{
    cli::{
        clients::{self, Clients},
        tools::Tools,
    },
    kernel::clock::{SystemClock, SystemIds, SystemSecrets},
};
use clap::Parser;
use data::Reference;
use serde_json::Value;

use super::{Answer, Server};

/// A client and its token.
pub(crate) struct Client<'s> {
    server: &'s Server,
    bearer: String,
}

impl<'s> Client<'s> {
    /// A client of this role, perimeter (`direction=lille`; empty when the role needs none) and
    /// scopes (separated by commas), with its token.
    #[track_caller]
    pub(crate) fn new(server: &'s Server, role: &str, perimeter: &str, scopes: &str) -> Self {
        Self::of(server, &made(server, role, perimeter, scopes))
    }

    /// A client that was made, by its id and its secret, with a token of this server.
    #[track_caller]
    pub(crate) fn of(server: &'s Server, made: &(String, String)) -> Self {
        let form = token_form(made);
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        let token = server.send("POST", "/oauth/token", &kind, &form).json();
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let client = Self::bearing(server, &bearer);
        // The node has now followed the making of the client: what comes next is the test's own.
        assert_eq!(client.get("/v1/clients/me").status, 200);
        client
    }

    /// A client that another node gave its token.
    pub(crate) fn bearing(server: &'s Server, bearer: &str) -> Self {
        let bearer = bearer.to_owned();
        Self { server, bearer }
    }

    /// The value of `Authorization`.
    pub(crate) fn bearer(&self) -> &str {
        &self.bearer
    }

    /// Reads with the token.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        let token = [("Authorization", self.bearer.as_str())];
        self.server.get_with(path, &token)
    }

    /// Writes with the token; `if_match` is left out when it is empty, and so is a null body.
    #[track_caller]
    pub(crate) fn write(&self, method: &str, path: &str, if_match: &str, body: &Value) -> Answer {
        let kind = match method {
            "PATCH" => "application/merge-patch+json",
            _ => "application/json",
        };
        let mut headers = vec![("Authorization", self.bearer.as_str())];
        if !if_match.is_empty() {
            headers.push(("If-Match", if_match));
        }
        if body.is_null() {
            return self.server.send(method, path, &headers, "");
        }
        headers.push(("Content-Type", kind));
        self.server.send(method, path, &headers, &body.to_string())
    }

    /// Sends a body by `POST` under an `Idempotency-Key`, whatever version there is.
    #[track_caller]
    pub(crate) fn post(&self, path: &str, key: &str, body: &str) -> Answer {
        let headers = [
            ("Authorization", self.bearer.as_str()),
            ("Content-Type", "application/json"),
            ("If-Match", "*"),
            ("Idempotency-Key", key),
        ];
        self.server.send("POST", path, &headers, body)
    }
}

/// The form by which a client asks for a token.
pub(crate) fn token_form((id, secret): &(String, String)) -> String {
    format!("grant_type=client_credentials&client_id={id}&client_secret={secret}")
}

/// The id and the secret of a new client. A magistrate is a prosecutor, unless its role says
/// otherwise: `magistrate:enforcement_judge`.
#[track_caller]
pub(crate) fn made(server: &Server, role: &str, perimeter: &str, scopes: &str) -> (String, String) {
    let (role, function) = role.split_once(':').unwrap_or((role, "prosecutor"));
    made_as(server, (role, function, perimeter), scopes)
}

/// The same, whose function, of a magistrate, is this one.
#[track_caller]
pub(crate) fn made_as(
    server: &Server,
    (role, function, perimeter): (&str, &str, &str),
    scopes: &str,
) -> (String, String) {
    let mut asked = vec!["atigip", "create", "--name", "Un client"];
    asked.extend(["--role", role, "--scope", scopes]);
    if !perimeter.is_empty() {
        asked.extend(["--perimeter", perimeter]);
    }
    if role == "magistrate" {
        asked.extend(["--function", function]);
    }
    if ["probation", "youth", "magistrate", "prefect", "ministry"].contains(&role) {
        asked.extend(["--organisation", "ministry=Ministère de la Justice"]);
    }
    let asked = Asked::try_parse_from(asked).unwrap().clients;
    let tools = Tools {
        db: server.db.db(),
        clock: &SystemClock,
        ids: &SystemIds,
        reference: Reference::get().unwrap(),
    };
    let mut told = Vec::new();
    clients::run(tools, &SystemSecrets, asked, &mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    let line = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{told}")).trim().to_owned()
    };
    (line("client_id"), line("client_secret"))
}

/// What follows `atigip clients`.
#[derive(Parser)]
struct Asked {
    #[command(subcommand)]
    clients: Clients,
}
