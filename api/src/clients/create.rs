//! `POST /v1/clients`: make a client.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use domain::{
    changes::Actor,
    clients::{Client, ClientStatus, Secret, SecretHash},
    kernel::{Id, Record},
};
use persistence::{Conn, clients};

use super::{
    payload::{ClientInput, NewClientBody, NewClientOutput, NewSecretOutput, new_client},
    write::{Write, draw, rendered, secret},
};
use crate::{
    kernel::{
        caller::{Caller, ClientsAdmin},
        json::JsonBody,
        params::Params,
        problem::ApiError,
        representation::Representation,
    },
    platform::Platform,
};

/// Make a client
///
/// Without `jwks` it is given a secret, which is shown this once: keep it now. With `jwks` it
/// proves who it is by its keys, and is given no secret. It may ask for a token at once.
#[utoipa::path(
    tag = "clients",
    operation_id = "createClient",
    request_body(content = NewClientBody, content_type = "application/json"),
    responses((status = 201, description = "The client, and its secret", body = NewClientOutput,
        headers(("Location" = String, description = "Where it is read")))),
)]
#[post("/v1/clients")]
pub(super) async fn create_client(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let input = new_client(&body).map_err(ApiError::validation)?;
    let drawn = match input.keys {
        Some(_) => None,
        None => Some(draw(&platform).await?),
    };
    let written = Write::new(&caller, &req, &platform)?
        .once(once)
        .create(&platform, move |write, conn, actor| {
            create(write, conn, input, drawn, actor)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// Keeps the client with its keys or its secret, all or nothing.
fn create(
    write: &Write,
    conn: &mut Conn,
    input: ClientInput,
    drawn: Option<(Secret, SecretHash)>,
    actor: &Actor,
) -> Result<Representation, ApiError> {
    let now = write.clock.now();
    let id: Id<Client> = Id::new(write.ids.next());
    let facts = input.facts.facts(ClientStatus::Active, false);
    let client = write.client(id, Record::created(now), facts)?;
    clients::insert(conn, &client, actor)?;
    if let Some(keys) = &input.keys {
        clients::jwks::replace(conn, id, Some(keys), now, actor)?;
    }
    let secret = match drawn {
        None => None,
        Some((secret_in_clear, hash)) => {
            let kept = secret(write, hash, input.secret_expires_at, "/secret_expires_at")?;
            clients::secrets::add(conn, id, &kept, now, actor)?;
            Some((kept, secret_in_clear))
        }
    };
    let shown = |conn: &mut Conn, shown: bool| {
        let (version, client) = write.sheet(conn, id)?;
        let secret = secret
            .as_ref()
            .map(|(kept, secret)| NewSecretOutput::new(kept, Some(secret).filter(|_| shown)));
        Ok::<_, ApiError>((version, rendered(&NewClientOutput { client, secret })?))
    };
    let (version, body) = shown(conn, true)?;
    let (_, again) = shown(conn, false)?;
    let made = Representation::created(version, write.address(id), body);
    Ok(made.shown_again_as(again))
}
