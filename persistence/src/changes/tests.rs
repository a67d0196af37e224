//! What is polled is read in order from where the follower is, and looks objects up by their key.

use domain::habilitations::Who;
use domain::kernel::Id;
use uuid::Uuid;

use super::*;
use crate::holds::HoldReach;
use crate::kernel::Engine;
use crate::kernel::plan::{is_indexed, plan};
use crate::offers::Within;
use crate::testing::engines;

#[test]
fn the_log_is_followed_by_its_numbers_and_no_other_table_is_read_through() {
    let (client, partner) = (Id::new(Uuid::nil()), Id::new(Uuid::nil()));
    let codes = || vec!["33".parse().unwrap()];
    let perimeters = [
        (Within::Partner(partner), HoldReach::Hosted(client, partner)),
        (
            Within::Establishment(Id::new(Uuid::nil())),
            HoldReach::Nothing,
        ),
        (Within::Departements(codes()), HoldReach::Own(client)),
        (Within::Direction(codes()), HoldReach::Nothing),
        (Within::All, HoldReach::All),
        (Within::Nothing, HoldReach::Nothing),
    ];
    for test in engines() {
        let (log, objects) = match test.engine() {
            Engine::Sqlite => ("PRIMARY", "SCAN"),
            Engine::Postgres => ("changes_pkey", "Seq Scan"),
        };
        for (within, holds) in &perimeters {
            let follower = Follower {
                view: Diffusion::Professionals,
                offers: within.clone(),
                dossiers: None::<Who<'_>>,
                holds: *holds,
            };
            let plan = plan(&test, followed(7, EventType::all(), &follower, 20));
            let indexed = is_indexed(&plan, log) && !plan.contains(objects);
            assert!(indexed, "{} {within:?}: {plan}", test.engine());
        }
    }
}
