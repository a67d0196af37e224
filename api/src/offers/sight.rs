//! How far a caller sees among the offers: by its role, when its token opens more than everybody
//! sees.

use chrono::NaiveDate;
use data::Reference;
use domain::{
    clients::{Role, Scope},
    kernel::{Code, Id},
    offers::{Diffusion, Offer},
};
use persistence::{Conn, DbError};
use search::Clause;

use super::{
    document::{number_of, view_of},
    fields::Fields,
    is_within,
    posted::Posted,
};
use crate::{
    catalogue::seen::Seen,
    kernel::{
        caller::{CallerClient, MaybeCaller},
        problem::ApiError,
    },
    platform::Platform,
};

/// How far a caller sees.
pub(super) fn diffusion_of(caller: &MaybeCaller) -> Diffusion {
    let client = caller.with(Scope::OffersReadRestricted);
    client.map_or(Diffusion::Public, diffusion_to)
}

/// How far a client sees: as everybody does, unless its token says otherwise.
pub(crate) fn diffusion_to(client: &CallerClient) -> Diffusion {
    if client.may(Scope::OffersReadRestricted) {
        Diffusion::seen_by(client.role)
    } else {
        Diffusion::Public
    }
}

/// Whether a client may know of an offer today: it is shown to it, is its own, or lies within its
/// perimeter and its token has `offers:read-restricted`.
pub(crate) fn may_know(
    conn: &mut Conn,
    client: &CallerClient,
    offer: Id<Offer>,
    reference: &Reference,
    today: NaiveDate,
) -> Result<bool, DbError> {
    let Some(Posted { offer, around }) = Posted::find(conn, offer)? else {
        return Ok(false);
    };
    let surroundings = around.surroundings(reference.habilitation_law());
    let shown = offer.publication(&surroundings, diffusion_to(client), today);
    let opened = client.role == Role::Partner || client.may(Scope::OffersReadRestricted);
    let own = opened && is_within(&client.perimeter, &offer, reference);
    Ok(own || shown.is_visible())
}

/// What a caller finds today among the offers of this node.
pub(super) fn seen_by(caller: &MaybeCaller, platform: &Platform) -> Result<Seen, ApiError> {
    let fields = platform.catalogue()?.offers().fields();
    Ok(seen(diffusion_of(caller), fields, platform.clock.today()))
}

/// What such a caller finds on `today`: what reaches it, on the days on which it is shown.
pub(super) fn seen(view: Diffusion, fields: &Fields, today: NaiveDate) -> Seen {
    let reaching = Diffusion::all().iter().filter(|it| it.reaches(view));
    let reaching = reaching.map(|it| it.code().to_owned()).collect();
    let (numbers, today) = (&fields.numbers, Some(number_of(today)));
    Seen {
        view: view_of(view),
        clauses: vec![
            Clause::AnyOf(fields.diffusion, reaching),
            Clause::Range(numbers.shown_from, None, today),
            Clause::Range(numbers.shown_until, today, None),
        ],
    }
}
