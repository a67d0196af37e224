//! What is polled is read in order from where the follower is, and looks objects up by their key.

use domain::clients::{MagistrateFunction, Perimeter, Role};
use domain::habilitations::Who;
use domain::kernel::Id;

use super::*;
use crate::holds::HoldReach;
use crate::kernel::Engine;
use crate::kernel::plan::{Filled, client, establishment, filled, is_indexed, partner, plan};
use crate::offers::Within;

#[test]
fn the_log_is_followed_by_its_numbers_and_no_other_table_is_read_through() {
    let (holder, host) = (Id::new(client()), Id::new(partner()));
    let prison = Id::new(establishment());
    let codes = || vec!["33".parse().unwrap(), "40".parse().unwrap()];
    let (of_host, there) = (Perimeter::Partner(host), Perimeter::Departements(codes()));
    let who = |role, function, perimeter| {
        Some(Who {
            role,
            function,
            perimeter,
        })
    };
    let magistrate = Some(MagistrateFunction::Prosecutor);
    let perimeters = [
        (
            Within::Partner(host),
            HoldReach::Hosted(holder, host),
            who(Role::Partner, None, &of_host),
        ),
        (Within::Establishment(prison), HoldReach::Own(holder), None),
        (
            Within::Departements(codes()),
            HoldReach::Own(holder),
            who(Role::Probation, None, &there),
        ),
        (
            Within::Departements(codes()),
            HoldReach::Own(holder),
            who(Role::Magistrate, magistrate, &there),
        ),
        (Within::Direction(codes()), HoldReach::Nothing, None),
        (Within::All, HoldReach::All, who(Role::Agency, None, &there)),
        (Within::Nothing, HoldReach::Nothing, None),
    ];
    let tables = [
        Filled::Offers,
        Filled::Holds,
        Filled::Habilitations,
        Filled::Changes,
    ];
    for test in filled(&tables) {
        let log = match test.engine() {
            Engine::Sqlite => "PRIMARY",
            Engine::Postgres => "changes_pkey",
        };
        for (within, holds, dossiers) in &perimeters {
            let follower = Follower {
                view: Diffusion::Professionals,
                offers: within.clone(),
                dossiers: *dossiers,
                holds: *holds,
            };
            let plan = plan(&test, followed(7, EventType::all(), &follower, 20));
            let whole = ["hashed SubPlan", "LIST SUBQUERY"]
                .iter()
                .any(|it| plan.contains(it));
            let told = format!("{} {within:?} {dossiers:?}: {plan}", test.engine());
            assert!(is_indexed(&plan, log) && !whole, "{told}");
        }
    }
}
