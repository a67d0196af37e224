//! Who reads what of a dossier.

use super::support::{CLIENTS, Dossier, client};
use crate::habilitations::{HabilitationAuthority, OpinionGiver, Standing, Verb};

/// Who knows of the dossier.
fn readers(dossier: &Dossier) -> Vec<&'static str> {
    let sees = |name: &&str| Standing::of(&client(name).who(), &dossier.0).is_some();
    CLIENTS.into_iter().filter(sees).collect()
}

#[test]
fn a_dossier_is_known_to_those_it_concerns() {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    assert_eq!(readers(&Dossier::draft(Dspip)), ["host", "agency"]);
    assert_eq!(readers(&Dossier::filed(Dspip)), ["host", "dspip", "agency"]);
    assert_eq!(
        readers(&Dossier::filed(DtPjj)),
        ["host", "dt_pjj", "agency"]
    );
    assert_eq!(readers(&Dossier::filed(GardeDesSceaux)), ["host", "agency"]);
    let asked = Dossier::instructed().asking(OpinionGiver::Prosecutor, "2026-01-15");
    assert_eq!(readers(&asked), ["host", "dspip", "agency", "prosecutor"]);
    let known = ["host", "dspip", "agency", "prosecutor", "judge"];
    assert_eq!(readers(&Dossier::granted()), known);
    let opened = Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-21");
    assert_eq!(readers(&opened), [&known[..], &["prefect"]].concat());
}

#[test]
fn each_dossier_is_instructed_by_its_own_authority() {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    for (authority, instructs) in [
        (Dspip, "dspip"),
        (DtPjj, "dt_pjj"),
        (GardeDesSceaux, "agency"),
    ] {
        let filed = Dossier::filed(authority);
        for name in CLIENTS {
            let standing = Standing::of(&client(name).who(), &filed.0);
            for verb in Verb::ALL {
                let host = matches!(
                    verb,
                    Verb::File | Verb::DeclareChange | Verb::RequestRenewal
                );
                let filing = (host || verb == Verb::RecordObservations)
                    && (name == "host" || name == "agency");
                let decides = name == instructs && !host && verb != Verb::GiveOpinion;
                let may = standing.is_some_and(|it| it.may(verb));
                assert_eq!(
                    may,
                    filing || decides,
                    "{authority:?} {name} {}",
                    verb.name()
                );
            }
        }
    }
}

#[test]
fn opinions_are_read_by_the_authority_the_agency_and_their_giver() {
    let dossier = Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-21");
    let reads = |name: &str| {
        let standing = Standing::of(&client(name).who(), &dossier.0).unwrap();
        let givers = [
            OpinionGiver::Prosecutor,
            OpinionGiver::EnforcementJudge,
            OpinionGiver::Prefect,
        ];
        givers.map(|giver| standing.reads_opinion(giver))
    };
    assert_eq!(reads("dspip"), [true; 3]);
    assert_eq!(reads("agency"), [true; 3]);
    assert_eq!(reads("host"), [false; 3]);
    assert_eq!(reads("prosecutor"), [true, false, false]);
    assert_eq!(reads("judge"), [false, true, false]);
    assert_eq!(reads("prefect"), [false, false, true]);
}
