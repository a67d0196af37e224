//! A client proves who it is by an assertion that it signs, good once and for minutes (RFC 7523).

use domain::clients::{Client, ClientKeys};
use persistence::clients;

use super::signed::{AssertionError, claimed, verify};
use crate::{
    kernel::problem::ApiError,
    oauth::error::{ErrorCode, OAuthError},
    platform::Platform,
};

/// The client, once a key of its own has signed and the assertion is spent.
pub(super) async fn authenticate(
    platform: &Platform,
    text: &str,
    client_id: Option<&str>,
) -> Result<Client, OAuthError> {
    let id = claimed(text).map_err(|why| refused(&why))?;
    let now = platform.clock.now();
    platform.failures.check(id.uuid(), now)?;
    let failed = |why: &AssertionError| {
        platform.failures.count(id.uuid(), now);
        refused(why)
    };
    if client_id.is_some_and(|named| named != id.to_string()) {
        return Err(failed(&AssertionError::Unproven("client_id names another")));
    }
    let (client, keys) = platform
        .read(move |conn| Ok((clients::find(conn, id)?, clients::jwks::of(conn, id)?)))
        .await?;
    let admitted = client.filter(|client| client.is_active() && platform.admits(client.demo));
    let known: Option<(Client, ClientKeys)> = admitted.zip(keys);
    let nobody = AssertionError::Unproven("no client that may act has keys");
    let (client, keys) = known.ok_or_else(|| failed(&nobody))?;
    let good = verify(text, id, &keys, platform.public_url(), now);
    let good = good.map_err(|why| failed(&why))?;
    let spent = platform
        .db()?
        .write(move |conn| clients::assertions::spend(conn, id, &good.jti, good.expires_at));
    if !spent.await.map_err(ApiError::from)? {
        let again = AssertionError::Wrong("the assertion was presented before (`jti`)");
        return Err(failed(&again));
    }
    Ok(client)
}

/// Whoever signed with the key of a client is told what is wrong, and nobody else.
fn refused(why: &AssertionError) -> OAuthError {
    log::debug!(target: "atigip", why:%; "An assertion was refused.");
    match why {
        AssertionError::Unproven(_) => OAuthError::client(false),
        AssertionError::Wrong(why) => OAuthError::new(ErrorCode::InvalidClient, why),
    }
}
