//! Who calls: the client that a valid token names, and what the token lets it do.

mod directory;
mod refusals;
mod scopes;

use std::{future::Future, marker::PhantomData, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use chrono::{DateTime, Utc};
use domain::{
    changes::Actor,
    clients::{Client, MagistrateFunction, Organisation, Perimeter, Role, Scope},
    habilitations::Who,
    kernel::{Code, Id, Text},
};

pub use directory::Directory;
pub use scopes::{
    Access, AnyToken, AuditRead, ChangesRead, ClientsAdmin, EstablishmentsManage,
    EstablishmentsWrite, HabilitationsFile, HabilitationsInstruct, HabilitationsObserve,
    HabilitationsOpine, HabilitationsRead, HoldsRead, HoldsWrite, OffersDecide, OffersInstruct,
    OffersModerate, OffersOpine, OffersReadRestricted, OffersSeen, OffersSuspend, OffersWrite,
    PartnersReadRestricted, PartnersWrite, ScopeMarker, access, opened_by,
};

use super::{
    context::{RequestContext, text},
    keys::Claims,
    limits::Seen,
    problem::ApiError,
};
use crate::platform::Platform;

/// The client behind a request, as its token and the platform know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerClient {
    /// Its identifier.
    pub id: Id<Client>,
    /// Its name.
    pub name: Text<200>,
    /// The organisation it belongs to.
    pub organisation: Organisation,
    /// Its role.
    pub role: Role,
    /// The function of a magistrate.
    pub function: Option<MagistrateFunction>,
    /// The rows it may act on.
    pub perimeter: Perimeter,
    /// What this token opens: the scopes asked for that the client still has.
    pub scopes: Vec<Scope>,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
}

/// The first argument of a protected handler: a request without a valid token is refused with
/// `401`, one whose token lacks the scope of `S` with `403`.
#[derive(Debug, Clone)]
pub struct Caller<S: ScopeMarker> {
    client: Arc<CallerClient>,
    actor: Actor,
    scope: PhantomData<S>,
}

impl<S: ScopeMarker> Caller<S> {
    /// The client.
    #[must_use]
    pub fn client(&self) -> &CallerClient {
        &self.client
    }

    /// The client, as the change log and the journal name it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.actor.clone()
    }
}

/// Who asks for a public read that a token widens: nobody in particular without a token, the
/// client with a valid one; a bad token is refused rather than ignored.
#[derive(Debug, Clone)]
pub struct MaybeCaller(Option<Arc<CallerClient>>);

impl MaybeCaller {
    /// The client, when there is one and its token has this scope.
    #[must_use]
    pub fn with(&self, scope: Scope) -> Option<&CallerClient> {
        self.0.as_deref().filter(|client| client.may(scope))
    }
}

impl CallerClient {
    /// Whether the token has this scope.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// The client, as far as its rights over dossiers go.
    #[must_use]
    pub fn who(&self) -> Who<'_> {
        Who {
            role: self.role,
            function: self.function,
            perimeter: &self.perimeter,
        }
    }

    /// Refuses a token that has none of these scopes, of which the first is named.
    pub fn needs_one_of(&self, scopes: &[Scope]) -> Result<(), ApiError> {
        match scopes.first() {
            Some(first) if !scopes.iter().any(|scope| self.may(*scope)) => {
                Err(refusals::lacks(*first))
            }
            _ => Ok(()),
        }
    }

    /// The client, as the change log and the journal name it for this request.
    #[must_use]
    pub fn actor(&self, req: &HttpRequest) -> Actor {
        let request = RequestContext::of(req).id.to_string();
        Actor::client(self.id, self.role).during(&request)
    }
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

impl<S: ScopeMarker> FromRequest for Caller<S> {
    type Error = ApiError;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = Asked::read(req);
        let req = req.clone();
        Box::pin(async move {
            let asked = asked?;
            let Some(client) = asked.client().await? else {
                return Err(refusals::without_token());
            };
            let otherwise = S::OTHERS.iter().any(|scope| client.may(*scope));
            if let Some(scope) = S::SCOPE.filter(|scope| !otherwise && !client.may(*scope)) {
                return Err(refusals::lacks(scope));
            }
            Ok(Self {
                actor: client.actor(&req),
                client: Arc::new(client),
                scope: PhantomData,
            })
        })
    }
}

impl FromRequest for MaybeCaller {
    type Error = ApiError;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = Asked::read(req);
        Box::pin(async move { Ok(Self(asked?.client().await?.map(Arc::new))) })
    }
}

/// What is taken from a request to know who asks.
struct Asked {
    platform: Data<Platform>,
    /// The token, when `Authorization` is there.
    token: Option<String>,
    seen: Seen,
    /// It may be answered 304, which takes no unit of a limit.
    conditional: bool,
}

impl Asked {
    fn read(req: &HttpRequest) -> Result<Self, ApiError> {
        let missing = || ApiError::internal(&"the application has no platform");
        let platform = req.app_data::<Data<Platform>>().ok_or_else(missing)?;
        let mut asked = Self {
            platform: platform.clone(),
            token: None,
            seen: Seen::of(req),
            conditional: req.headers().contains_key(header::IF_NONE_MATCH),
        };
        let mut lines = req.headers().get_all(header::AUTHORIZATION);
        if lines.next().is_none() {
            return Ok(asked);
        }
        let given = text(req.headers(), header::AUTHORIZATION.as_str());
        let token = given
            .filter(|_| lines.next().is_none())
            .and_then(|line| line.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim().to_owned())
            .ok_or_else(refusals::bad_token)?;
        asked.token = Some(token);
        Ok(asked)
    }

    /// The client that the token names, if there is one, counted against its limit.
    async fn client(&self) -> Result<Option<CallerClient>, ApiError> {
        let Some(token) = self.token.as_deref() else {
            return Ok(None);
        };
        let client = authenticate(&self.platform, token).await?;
        self.seen.is_from(client.id);
        let limiter = &self.platform.client_limiter;
        if let Some(standing) = limiter.visit(client.id, self.conditional) {
            self.seen.stands(standing);
            if standing.exhausted {
                return Err(standing.refusal());
            }
        }
        Ok(Some(client))
    }
}

/// The client that a token names, if both are good at this instant.
async fn authenticate(platform: &Platform, token: &str) -> Result<CallerClient, ApiError> {
    let now = platform.clock.now();
    let claims = platform
        .directory
        .ring()
        .verify(token, platform.public_url(), now)
        .map_err(|why| {
            log::debug!(target: "atigip", why:% = why; "A token was refused.");
            refusals::bad_token()
        })?;
    if platform.directory.client(claims.client_id).is_none() {
        // A good token of a client that this node has not heard of yet.
        platform.catch_up().await?;
    }
    let client = platform.directory.client(claims.client_id);
    let revoked = platform.directory.is_revoked(claims.jti);
    let admitted = client
        .filter(|client| !revoked && client.is_active() && platform.admits(client.demo))
        .ok_or_else(refusals::bad_token)?;
    Ok(caller(&admitted, &claims))
}

fn caller(client: &Client, claims: &Claims) -> CallerClient {
    let asked = claims.scope.split(' ').filter_map(Scope::parse);
    CallerClient {
        id: client.id,
        name: client.name.clone(),
        organisation: client.organisation.clone(),
        role: client.role,
        function: client.function,
        perimeter: client.perimeter.clone(),
        scopes: asked
            .filter(|scope| client.scopes.contains(scope))
            .collect(),
        expires_at: claims.expires_at(),
    }
}
