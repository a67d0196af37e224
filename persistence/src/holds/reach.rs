//! Which holds a client is told of: what [`HoldReach`] says of one, asked of the rows.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::changes::EventType;
use domain::holds::HoldReach;

use crate::changes::Asked;
use crate::kernel::types::DbKey;
use crate::schema::{changes, holds, offers};

/// Keeps what is told of other objects, and of the holds within reach. Of those that left with a
/// demonstration nothing says any more whose they were: who reaches all is told of them.
pub(crate) fn changes_within(query: Asked, reach: HoldReach) -> Asked {
    let of_others = changes::resource.ne(EventType::HoldCreated.resource());
    macro_rules! among {
        ($condition:expr) => {
            exists(
                holds::table
                    .filter(holds::id.eq(changes::resource_id))
                    .filter($condition),
            )
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
                .filter(offers::partner_id.eq(DbKey(host.uuid())));
            query.filter(of_others.or(among!(own.or(exists(posts)))))
        }
        HoldReach::Nothing => query.filter(of_others),
    }
}
