//! Dossiers of habilitation for the tests, each led to its state by the moves of the domain.

mod law;

use chrono::NaiveDate;
use domain::clients::{MagistrateFunction, Perimeter, Role};
use domain::habilitations::{
    Act, ChangeFacts, DecisionFacts, Document, DocumentKind, Grounds, Habilitation,
    HabilitationAuthority, HabilitationFacts, Host, IncompletenessFacts, Jurisdiction, Moved,
    ObservationFacts, OpinionFacts, OpinionGiver, OpinionOutcome, OpinionRequest, RefusalReason,
    Refused, Signatory, Who, WithdrawalFacts, WithdrawalReason,
};
use domain::kernel::{Code, Id, Record};
use domain::partners::HostKind;
use persistence::habilitations::{HabilitationRefusal, Writing, find, save};
use persistence::{Db, RepoError, Saved};

use crate::fixture::{a_partner, actor, at, id};
use crate::partners::saved as partner_saved;

pub(crate) use law::law;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A client, by its role.
pub(crate) struct Client(Role, Option<MagistrateFunction>, Perimeter);

impl Client {
    pub(crate) fn new(role: Role, function: Option<MagistrateFunction>, place: Perimeter) -> Self {
        Self(role, function, place)
    }

    /// The host, whose partner is the `n`th.
    pub(crate) fn host(n: u8) -> Self {
        Self(Role::Partner, None, Perimeter::Partner(a_partner(n).id))
    }

    /// A client of these départements.
    pub(crate) fn of(role: Role, function: Option<MagistrateFunction>, codes: &[&str]) -> Self {
        let codes = codes.iter().map(|code| code.parse().unwrap());
        Self(role, function, Perimeter::Departements(codes.collect()))
    }

    pub(crate) fn who(&self) -> Who<'_> {
        Who {
            role: self.0,
            function: self.1,
            perimeter: &self.2,
        }
    }
}

const GIVERS: [OpinionGiver; 2] = [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge];

fn document(kind: DocumentKind, reference: &str) -> Document {
    Document {
        kind,
        reference: reference.parse().ok(),
        issued_on: Some(day("2025-12-01")),
        filed_on: None,
    }
}

fn decision(decided_on: &str, order: Option<&str>) -> DecisionFacts {
    DecisionFacts {
        decided_on: day(decided_on),
        signatory: Signatory {
            first_name: "Camille".parse().unwrap(),
            last_name: "Exemple".parse().unwrap(),
            capacity: "Directrice du SPIP".parse().unwrap(),
        },
        order_reference: order.map(|it| it.parse().unwrap()),
    }
}

fn grounds<R: Code>(reasons: &[R]) -> Grounds<R> {
    let statement = "Les garanties d'encadrement ne suffisent pas.";
    Grounds::new(reasons.to_vec(), statement.parse().unwrap()).unwrap()
}

/// A dossier on its way, not kept yet: the `n`th, of the partner of that number, for the Gironde
/// or for the whole territory.
#[derive(Clone)]
pub(crate) struct Dossier {
    pub(crate) moved: Moved,
    partner: u8,
}

impl Dossier {
    pub(crate) fn draft(n: u8, partner: u8, authority: HabilitationAuthority) -> Self {
        let departement = (!authority.is_national()).then(|| "33".parse().unwrap());
        let facts = HabilitationFacts {
            partner: a_partner(partner).id,
            jurisdiction: Jurisdiction::new(authority, departement).unwrap(),
            host_kind: HostKind::Association,
            presentation: "Entretien de jardins.\nÀ l'année.".parse().ok(),
            // In an order that is not that of the codes.
            documents: vec![
                document(DocumentKind::Statutes, "Déposés en préfecture"),
                document(DocumentKind::JoPublication, "n° 12"),
                document(DocumentKind::AnnualAccounts, "2025"),
            ],
        };
        let host = Host::from(&a_partner(partner));
        let opened = by(&Client::host(partner), "2026-01-05", |act| {
            let id: Id<Habilitation> = id(0x80, n);
            Habilitation::open(id, Record::created(at(0)), facts, &host, act)
        });
        let moved = opened.unwrap();
        Self { moved, partner }
    }

    /// The dossier once the authority has done this.
    fn then(
        self,
        today: &str,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        let client = match self.moved.habilitation.jurisdiction.authority() {
            HabilitationAuthority::Dspip => Client::of(Role::Probation, None, &["33"]),
            HabilitationAuthority::DtPjj => Client::of(Role::Youth, None, &["33"]),
            HabilitationAuthority::GardeDesSceaux => {
                Client::new(Role::Agency, None, Perimeter::All)
            }
        };
        self.by(&client, today, act)
    }

    fn by(
        self,
        client: &Client,
        today: &str,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        let moved = by(client, today, |on| act(self.moved.habilitation, on)).unwrap();
        Self { moved, ..self }
    }

    fn by_host(
        self,
        today: &str,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        let client = Client::host(self.partner);
        self.by(&client, today, act)
    }

    pub(crate) fn filed(self, today: &str) -> Self {
        let host = Host::from(&a_partner(self.partner));
        self.by_host(today, |it, act| it.file(&host, act))
    }

    pub(crate) fn incomplete(self) -> Self {
        let facts = IncompletenessFacts {
            missing_documents: vec![DocumentKind::KbisEss, DocumentKind::BoardMembers],
            statement: "Il manque deux pièces.".parse().ok(),
            answer_by: Some(day("2026-02-10")),
        };
        self.then("2026-01-11", |it, act| it.declare_incomplete(facts, act))
    }

    pub(crate) fn instructed(self) -> Self {
        self.then("2026-01-12", Habilitation::start_instruction)
    }

    pub(crate) fn asking(self, on: &str) -> Self {
        let requested_on = day(on);
        GIVERS.into_iter().fold(self, |dossier, giver| {
            dossier.then(on, |it, act| {
                let request = OpinionRequest {
                    giver,
                    requested_on,
                };
                it.request_opinion(request, act)
            })
        })
    }

    /// The judge is reserved, the prosecutor silent.
    pub(crate) fn opined(self, on: &str) -> Self {
        let judge = Client::of(
            Role::Magistrate,
            Some(MagistrateFunction::EnforcementJudge),
            &["33"],
        );
        let facts = OpinionFacts {
            giver: OpinionGiver::EnforcementJudge,
            outcome: OpinionOutcome::Reserved,
            given_on: day(on),
            statement: "Sous réserve de l'encadrement.".parse().ok(),
        };
        self.by(&judge, on, |it, act| it.give_opinion(facts, act))
    }

    pub(crate) fn granted(self, on: &str) -> Self {
        self.then(on, |it, act| {
            let national = it.jurisdiction.authority().is_national();
            it.grant(decision(on, national.then_some("JUST2600001A")), act)
        })
    }

    pub(crate) fn refused(self, on: &str) -> Self {
        let reasons = [RefusalReason::Other, RefusalReason::OutsideTerritory];
        self.then(on, |it, act| {
            it.refuse(decision(on, None), grounds(&reasons), act)
        })
    }

    pub(crate) fn changed(self, on: &str) -> Self {
        let facts = ChangeFacts {
            changed_on: day(on),
            documents: vec![document(DocumentKind::BoardMembers, "Bureau de 2028")],
            statement: "Le bureau a changé.".parse().ok(),
        };
        self.by_host(on, |it, act| it.declare_change(facts, act))
    }

    pub(crate) fn renewing(self, on: &str) -> Self {
        self.by_host(on, Habilitation::request_renewal)
    }

    /// A withdrawal, to which the host answers.
    pub(crate) fn withdrawing(self, on: &str) -> Self {
        let facts = WithdrawalFacts {
            grounds: grounds(&[WithdrawalReason::SeriousBreach, WithdrawalReason::Safety]),
            observations_invited_on: day(on),
        };
        self.then(on, |it, act| it.open_withdrawal(facts, act))
            .asking(on)
    }

    pub(crate) fn answered(self, on: &str) -> Self {
        let facts = ObservationFacts {
            received_on: Some(day(on)),
            statement: "Nous contestons.".parse().ok(),
        };
        self.by_host(on, |it, act| it.record_observations(facts, act))
    }

    pub(crate) fn withdrawn(self, on: &str) -> Self {
        let reasons = [WithdrawalReason::SeriousBreach];
        self.then(on, |it, act| {
            it.withdraw(decision(on, None), grounds(&reasons), act)
        })
    }

    pub(crate) fn maintained(self, on: &str) -> Self {
        self.then(on, |it, act| it.maintain(decision(on, None), act))
    }

    /// The dossier as time makes it.
    pub(crate) fn passed(self, today: &str) -> Self {
        let moved = self.moved.habilitation.pass_time(day(today), &law());
        Self {
            moved: moved.unwrap(),
            ..self
        }
    }
}

fn by<T>(client: &Client, today: &str, act: impl FnOnce(&Act<'_>) -> T) -> T {
    act(&Act {
        who: client.who(),
        today: day(today),
        law: &law(),
    })
}

/// A dossier in every state, each of a partner of its own where two could not be open together,
/// with what makes each different: the `n`th has the id `n`.
pub(crate) fn in_every_state() -> Vec<Dossier> {
    use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};
    let instructed = |n, partner, authority| {
        let dossier = Dossier::draft(n, partner, authority).filed("2026-01-10");
        dossier.instructed().asking("2026-01-15")
    };
    let granted = |n| {
        let dossier = instructed(n, 2, Dspip).opined("2026-01-20");
        dossier.granted("2026-02-15")
    };
    vec![
        Dossier::draft(1, 1, Dspip),
        Dossier::draft(2, 1, DtPjj).filed("2026-01-08"),
        Dossier::draft(3, 1, GardeDesSceaux)
            .filed("2026-01-10")
            .incomplete(),
        instructed(4, 2, DtPjj),
        granted(5)
            .withdrawing("2027-03-01")
            .answered("2027-03-10")
            .withdrawn("2027-04-01"),
        instructed(6, 2, Dspip).refused("2026-02-20"),
        granted(7)
            .changed("2028-05-01")
            .renewing("2030-11-01")
            .passed("2031-02-15"),
        granted(8).renewing("2030-11-01").granted("2030-12-01"),
        {
            let national = Dossier::draft(9, 2, GardeDesSceaux).filed("2026-01-10");
            let granted = national.incomplete().filed("2026-01-12").instructed();
            granted.granted("2026-01-12").renewing("2030-06-01")
        },
        {
            let opened = instructed(10, 3, Dspip).granted("2026-02-15");
            let maintained = opened.withdrawing("2027-03-01").answered("2027-03-10");
            maintained
                .maintained("2027-04-01")
                .withdrawing("2028-03-01")
        },
    ]
}

/// Keeps a dossier as it was moved on `today`.
pub(crate) fn kept(db: &Db, dossier: &Dossier, today: &str) -> Result<Saved, HabilitationRefusal> {
    let (actor, law) = (actor(), law());
    let writing = Writing {
        actor: &actor,
        at: at(1),
        today: day(today),
        law: &law,
    };
    match db.write_blocking(|conn| save(conn, &dossier.moved, &writing)) {
        Ok(saved) => Ok(saved),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

pub(crate) fn read(db: &Db, dossier: &Dossier) -> Habilitation {
    let id = dossier.moved.habilitation.id;
    db.read_blocking(|conn| find(conn, id)).unwrap().unwrap()
}

/// The partners of these dossiers.
pub(crate) fn with_partners(db: &Db) {
    for n in 1..=3 {
        partner_saved(db, &a_partner(n), 0);
    }
}
