//! A client proves who it is by its secret.

use std::sync::LazyLock;

use actix_web::web::block;
use domain::{
    clients::{ChanceError, Client, ClientSecret, Secret, SecretHash, SecretSource},
    kernel::Id,
};
use uuid::Uuid;

use super::Credentials;
use crate::{kernel::problem::ApiError, oauth::error::OAuthError, platform::Platform};

/// The client, once it has proved who it is. An unknown client costs as much time as a wrong
/// secret, and neither is told from the other.
pub(super) async fn authenticate(
    platform: &Platform,
    given: Credentials,
) -> Result<Client, OAuthError> {
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
