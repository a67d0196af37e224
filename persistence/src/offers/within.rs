//! Which offers lie within a perimeter: what `Perimeter::holds_offer` says of one, asked of the
//! rows, and of what the change log tells of them.

use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use domain::changes::EventType;
use domain::establishments::Establishment;
use domain::kernel::{Code, Id};
use domain::offers::{Diffusion, OfferKind};
use domain::partners::Partner;
use domain::territories::DepartementCode;

use crate::changes::Asked as Changes;
use crate::kernel::MultiBackend;
use crate::kernel::types::DbKey;
use crate::schema::{changes, offers};

/// The offers that lie within a perimeter; all of them unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Within {
    /// All of them.
    #[default]
    All,
    /// Those of a partner.
    Partner(Id<Partner>),
    /// Those in an establishment.
    Establishment(Id<Establishment>),
    /// Those in some départements.
    Departements(Vec<DepartementCode>),
    /// Those of a directorate, in its départements: it has no posts of community service.
    Direction(Vec<DepartementCode>),
    /// None.
    Nothing,
}

/// Keeps the offers within a perimeter.
pub(super) fn keep<'a>(
    query: IntoBoxed<'a, offers::table, MultiBackend>,
    within: &Within,
) -> IntoBoxed<'a, offers::table, MultiBackend> {
    match within {
        Within::All => query,
        Within::Partner(id) => query.filter(offers::partner_id.eq(DbKey(id.uuid()))),
        Within::Establishment(id) => query.filter(offers::establishment_id.eq(DbKey(id.uuid()))),
        Within::Departements(codes) => query.filter(offers::departement.eq_any(texts(codes))),
        Within::Direction(codes) => query
            .filter(offers::departement.eq_any(texts(codes)))
            .filter(offers::kind.ne(OfferKind::Tig.code())),
        Within::Nothing => query.filter(offers::id.eq_any(Vec::<DbKey>::new())),
    }
}

/// Keeps what is told of other objects, of the offers within a perimeter, and of those that were
/// shown to who sees as far as `view`. Of what left with a demonstration nothing says any more
/// where it lay: the perimeter of everything holds it.
pub(crate) fn changes_within(query: Changes, view: Diffusion, within: &Within) -> Changes {
    let of_others = changes::resource.ne(EventType::OfferCreated.resource());
    let reaching = Diffusion::all().iter().filter(|it| it.reaches(view));
    let reaching: Vec<&str> = reaching.map(|diffusion| diffusion.code()).collect();
    let by_view = of_others.or(changes::told_to.eq_any(reaching));
    macro_rules! or_among {
        ($condition:expr) => {
            query.filter(
                by_view.or(offers::table
                    .filter(offers::id.eq(changes::resource_id))
                    .filter($condition)
                    .select(offers::id)
                    .single_value()
                    .is_not_null()),
            )
        };
    }
    match within {
        Within::All => query,
        Within::Partner(id) => or_among!(offers::partner_id.eq(DbKey(id.uuid()))),
        Within::Establishment(id) => or_among!(offers::establishment_id.eq(DbKey(id.uuid()))),
        Within::Departements(codes) => or_among!(offers::departement.eq_any(texts(codes))),
        Within::Direction(codes) => or_among!(
            offers::departement
                .eq_any(texts(codes))
                .and(offers::kind.ne(OfferKind::Tig.code()))
        ),
        Within::Nothing => query.filter(by_view),
    }
}

fn texts(codes: &[DepartementCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
