//! How far a caller sees among the offers: by its role, when its token opens more than everybody
//! sees.

use chrono::NaiveDate;
use domain::{clients::Scope, kernel::Code, offers::Diffusion};
use search::Clause;

use super::{
    document::{number_of, view_of},
    fields::Fields,
};
use crate::{catalogue::seen::Seen, kernel::caller::MaybeCaller};

/// How far a caller sees.
pub(super) fn diffusion_of(caller: &MaybeCaller) -> Diffusion {
    let client = caller.with(Scope::OffersReadRestricted);
    client.map_or(Diffusion::Public, |client| Diffusion::seen_by(client.role))
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
