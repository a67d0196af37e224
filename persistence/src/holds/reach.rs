//! Which holds a client is told of: what `HoldStanding` of the domain says of one, asked of the
//! rows.

use diesel::prelude::*;
use domain::changes::EventType;
use domain::clients::{Client, Perimeter, Role};
use domain::kernel::Id;
use domain::partners::Partner;

use crate::changes::Asked;
use crate::kernel::types::DbKey;
use crate::schema::{changes, holds, offers};

/// The holds that a client may know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HoldReach {
    /// All of them.
    #[default]
    All,
    /// Those of which it is the holder.
    Own(Id<Client>),
    /// Those of which it is the holder, and those on the posts of its partner.
    Hosted(Id<Client>, Id<Partner>),
    /// None.
    Nothing,
}

impl HoldReach {
    /// What a client of this role and perimeter may know of; its scopes were checked before.
    #[must_use]
    pub const fn of(client: Id<Client>, role: Role, perimeter: &Perimeter) -> Self {
        match (role, perimeter) {
            (Role::Agency, _) => Self::All,
            (Role::Partner, Perimeter::Partner(host)) => Self::Hosted(client, *host),
            _ => Self::Own(client),
        }
    }
}

/// Keeps what is told of other objects, and of the holds within reach. Of those that left with a
/// demonstration nothing says any more whose they were: who reaches all is told of them.
pub(crate) fn changes_within(query: Asked, reach: HoldReach) -> Asked {
    let of_others = changes::resource.ne(EventType::HoldCreated.resource());
    macro_rules! among {
        ($condition:expr) => {
            holds::table
                .filter(holds::id.eq(changes::resource_id))
                .filter($condition)
                .select(holds::id)
                .single_value()
                .is_not_null()
        };
    }
    match reach {
        HoldReach::All => query,
        HoldReach::Own(client) => {
            let own = holds::holder_id.eq(DbKey(client.uuid()));
            query.filter(of_others.or(among!(own)))
        }
        HoldReach::Hosted(client, host) => {
            let own = holds::holder_id.eq(DbKey(client.uuid()));
            let posts = offers::table
                .filter(offers::id.eq(holds::offer_id))
                .filter(offers::partner_id.eq(DbKey(host.uuid())))
                .select(offers::id)
                .single_value();
            query.filter(of_others.or(among!(own.or(posts.is_not_null()))))
        }
        HoldReach::Nothing => query.filter(of_others),
    }
}
