//! A client of the API, made by the command line, with a token that it asks for over HTTP.

use std::{
    io::Read,
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;
use ureq::{Agent, http};

use crate::{Outcome, process, questions::text};

/// After how long another token is asked for; one is good for ten minutes.
const RENEWED: Duration = Duration::from_mins(4);

/// An answer, whatever it is.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The media type.
    pub(crate) kind: String,
    /// After how many seconds to come back.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The slug of the problem that it is; empty when it is none.
    pub(crate) fn problem(&self) -> String {
        problem(&self.kind, &self.body)
    }

    /// Its JSON, of this status.
    pub(crate) fn json(&self, status: u16) -> Outcome<Value> {
        if self.status == status {
            return Ok(serde_json::from_slice(&self.body)?);
        }
        let told = String::from_utf8_lossy(&self.body);
        Err(format!("{} and not {status}: {told}", self.status).into())
    }
}

/// The slug of a problem; empty when the answer is none.
pub(crate) fn problem(kind: &str, body: &[u8]) -> String {
    if kind != "application/problem+json" {
        return String::new();
    }
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let kind = text(&told, "/type").unwrap_or_default();
    let slug = kind.rsplit('/').next().unwrap_or_default();
    slug.to_owned()
}

/// A client and its token.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: Agent,
    base: String,
    form: String,
    bearer: String,
    since: Instant,
}

impl Client {
    /// A client of this role, perimeter (empty when the role needs none) and scopes.
    pub(crate) fn new(
        (database, address): (&str, SocketAddr),
        role: &str,
        perimeter: &str,
        scopes: &str,
    ) -> Outcome<Self> {
        let mut asked = vec!["clients", "create", "--name", "Mesures"];
        asked.extend(["--role", role, "--scope", scopes]);
        if !perimeter.is_empty() {
            asked.extend(["--perimeter", perimeter]);
        }
        let told = process::role(database, &asked)?;
        let line = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::trim).ok_or("a client without credentials")
        };
        let (id, secret) = (line("client_id")?, line("client_secret")?);
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_mins(10)))
            .build()
            .new_agent();
        let mut client = Self {
            agent,
            base: format!("http://{address}"),
            form: format!("grant_type=client_credentials&client_id={id}&client_secret={secret}"),
            bearer: String::new(),
            since: Instant::now(),
        };
        let answer = client.ask_token()?;
        client.bearer = bearer(&answer.json(200)?)?;
        Ok(client)
    }

    /// Asks for another token when its own is old, and keeps it when none is given: the answer,
    /// when one was asked for.
    pub(crate) fn renew(&mut self) -> Outcome<Option<Answer>> {
        if self.since.elapsed() < RENEWED {
            return Ok(None);
        }
        let answer = self.ask_token()?;
        if answer.status == 200 {
            self.bearer = bearer(&answer.json(200)?)?;
            self.since = Instant::now();
        }
        Ok(Some(answer))
    }

    fn ask_token(&self) -> Outcome<Answer> {
        let kind = "application/x-www-form-urlencoded";
        self.exchange(
            "POST",
            "/oauth/token",
            &[("Content-Type", kind)],
            &self.form,
        )
    }

    /// Reads.
    pub(crate) fn get(&self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, &[], "")
    }

    /// Writes JSON; a null body is left out.
    pub(crate) fn write(&self, method: &str, path: &str, body: &Value) -> Outcome<Answer> {
        if body.is_null() {
            return self.send(method, path, &[], "");
        }
        let kind = match method {
            "PATCH" => "application/merge-patch+json",
            _ => "application/json",
        };
        self.send(method, path, &[("Content-Type", kind)], &body.to_string())
    }

    /// Sends what it is told, with its token.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Outcome<Answer> {
        let mut all = vec![("Authorization", self.bearer.as_str())];
        all.extend(headers);
        self.exchange(method, path, &all, body)
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Outcome<Answer> {
        let url = format!("{}{path}", self.base);
        let mut request = http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        let mut read = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut read)?;
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.and_then(|value| value.to_str().ok())
        };
        Ok(Answer {
            status: response.status().as_u16(),
            kind: header("content-type").unwrap_or_default().to_owned(),
            retry_after: header("retry-after").and_then(|seconds| seconds.parse().ok()),
            body: read,
        })
    }
}

fn bearer(token: &Value) -> Outcome<String> {
    let token = text(token, "/access_token").ok_or("no token")?;
    Ok(format!("Bearer {token}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_named_by_its_slug() {
        let body = br#"{"type": "http://platform.test/problems/overloaded", "status": 503}"#;
        assert_eq!(problem("application/problem+json", body), "overloaded");
        assert_eq!(problem("application/json", body), "");
        assert_eq!(problem("application/problem+json", b"<html>"), "");
    }
}
