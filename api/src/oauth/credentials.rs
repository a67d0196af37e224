//! A client proves who it is: by its secret, in `Authorization: Basic` or in the form.

use std::sync::LazyLock;

use actix_web::{HttpRequest, http::header, web::block};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    clients::{ChanceError, Client, ClientSecret, Secret, SecretHash, SecretSource},
    kernel::Id,
};
use uuid::Uuid;

use super::{error::OAuthError, form::Form};
use crate::{
    kernel::{context::text, encoding::decode_query, problem::ApiError},
    platform::Platform,
};

/// What a client presents.
struct Credentials {
    id: String,
    secret: String,
    /// Whether it came in `Authorization`.
    header: bool,
}

/// The client, once it has proved who it is. An unknown client costs as much time as a wrong
/// secret, and neither is told from the other.
pub(super) async fn authenticate(
    req: &HttpRequest,
    platform: &Platform,
    form: &Form,
) -> Result<Client, OAuthError> {
    let given = read(req, form)?;
    let refused = || OAuthError::client(given.header);
    let id = Uuid::try_parse(&given.id).map_err(|_malformed| refused())?;
    let secret: Secret = given.secret.parse().map_err(|_malformed| refused())?;
    let now = platform.clock.now();
    platform.failures.check(id, now)?;
    let known = platform
        .read(move |conn| {
            let client = persistence::clients::find(conn, Id::new(id))?;
            let secrets = persistence::clients::secrets::of(conn, Id::new(id))?;
            Ok((client, secrets))
        })
        .await?;
    let (client, secrets) = known;
    let live = secrets
        .into_iter()
        .filter(|secret| secret.is_live(now))
        .collect();
    let matched = check(platform, secret, live).await?;
    let admitted = client.filter(|client| client.is_active() && platform.admits(client.demo));
    let (Some(client), Some(used)) = (admitted, matched) else {
        platform.failures.count(id, now);
        return Err(refused());
    };
    if used.is_news(now) {
        note_use(platform, used.id).await;
    }
    Ok(client)
}

/// Reads what the client presents, in one place only.
fn read(req: &HttpRequest, form: &Form) -> Result<Credentials, OAuthError> {
    let in_form = form.get("client_secret").map(str::to_owned);
    if form.get("client_assertion").is_some() {
        return Err(OAuthError::request(
            "clients prove who they are by a secret",
        ));
    }
    if !req.headers().contains_key(header::AUTHORIZATION) {
        let (id, secret) = form
            .get("client_id")
            .map(str::to_owned)
            .zip(in_form)
            .ok_or_else(|| OAuthError::client(false))?;
        return Ok(Credentials {
            id,
            secret,
            header: false,
        });
    }
    if in_form.is_some() {
        return Err(OAuthError::request("the secret is presented twice"));
    }
    let line = text(req.headers(), header::AUTHORIZATION.as_str()).unwrap_or_default();
    let (id, secret) = basic(line).ok_or_else(|| OAuthError::client(true))?;
    if form.get("client_id").is_some_and(|named| named != id) {
        return Err(OAuthError::request(
            "client_id is not that of Authorization",
        ));
    }
    Ok(Credentials {
        id,
        secret,
        header: true,
    })
}

/// `Basic`: both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
fn basic(line: &str) -> Option<(String, String)> {
    let (scheme, encoded) = line.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("basic");
    let joined = STANDARD.decode(encoded.trim()).ok().filter(|_| known)?;
    let joined = String::from_utf8(joined).ok()?;
    let (id, secret) = joined.split_once(':')?;
    Some((decode_query(id)?, decode_query(secret)?))
}

/// The secret that matches, among those that are live; two checks at most run at once.
async fn check(
    platform: &Platform,
    given: Secret,
    live: Vec<ClientSecret>,
) -> Result<Option<ClientSecret>, OAuthError> {
    let closed = |error: tokio::sync::AcquireError| ApiError::internal(&error);
    let _turn = platform.checks.acquire().await.map_err(closed)?;
    let checked = block(move || {
        if live.is_empty() {
            // As long as for a client that has a secret; nobody has this one.
            NOBODY.as_ref().filter(|hash| hash.verify(&given));
        }
        live.into_iter().find(|secret| secret.hash.verify(&given))
    });
    let stopped = |error: actix_web::error::BlockingError| ApiError::internal(&error);
    Ok(checked.await.map_err(stopped)?)
}

/// Writes down when the secret was used; a database that cannot write refuses nobody.
async fn note_use(platform: &Platform, secret: Id<ClientSecret>) {
    let now = platform.clock.now();
    let Ok(db) = platform.db() else { return };
    let written =
        db.write(move |conn| persistence::clients::secrets::touch_last_used(conn, secret, now));
    if let Err(error) = written.await {
        log::warn!(target: "atigip", cause:% = error; "The use of a secret is not written down.");
    }
}

/// A hash that no secret is known for.
static NOBODY: LazyLock<Option<SecretHash>> = LazyLock::new(|| {
    struct Zeros;
    impl SecretSource for Zeros {
        fn bits(&self) -> Result<[u8; 32], ChanceError> {
            Ok([0; 32])
        }
    }
    Secret::draw(&Zeros).ok()?.hash(&Zeros).ok()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_is_decoded_twice() {
        let line = |text: &str| format!("Basic {}", STANDARD.encode(text));
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(basic(&line("id:atg_1")), pair("id", "atg_1"));
        assert_eq!(basic(&line("i%3Ad:a%25b:c")), pair("i:d", "a%b:c"));
        for bad in [
            "",
            "Basic",
            "Basic é",
            "Bearer aWQ6YQ==",
            &line("id"),
            &line("a:%ff"),
        ] {
            assert_eq!(basic(bad), None, "{bad}");
        }
    }
}
