//! Clients of every kind, and a dossier in every state.

mod law;

pub(in crate::habilitations) use law::{law, law_rows};

use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

use crate::{
    changes::EventType,
    clients::{MagistrateFunction, Perimeter, Role},
    habilitations::{
        Act, DecisionFacts, Document, DocumentKind, Grounds, Habilitation, HabilitationAuthority,
        HabilitationFacts, HabilitationStatus, Host, Jurisdiction, Moved, ObservationFacts,
        OpinionFacts, OpinionGiver, OpinionOutcome, OpinionRequest, RefusalReason, Refused,
        Signatory, Who, WithdrawalFacts, WithdrawalReason,
    },
    kernel::{Code, Id, Record},
    partners::{HostKind, Partner},
    territories::Direction,
};

pub(in crate::habilitations) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The host's partner.
pub(in crate::habilitations) fn partner() -> Id<Partner> {
    Id::new(Uuid::from_u128(7))
}

/// A client, by a name that says what it is.
pub(in crate::habilitations) struct Client {
    role: Role,
    function: Option<MagistrateFunction>,
    perimeter: Perimeter,
}

/// Every kind of client that there is, some of them elsewhere.
pub(in crate::habilitations) const CLIENTS: [&str; 15] = [
    "host",
    "dspip",
    "dt_pjj",
    "agency",
    "prosecutor",
    "judge",
    "prefect",
    "other_host",
    "other_dspip",
    "other_judge",
    "juvenile",
    "direction",
    "prison",
    "ministry",
    "administrator",
];

pub(in crate::habilitations) fn client(name: &str) -> Client {
    let here = || Perimeter::Departements(vec!["33".parse().unwrap(), "40".parse().unwrap()]);
    let elsewhere = || Perimeter::Departements(vec!["75".parse().unwrap()]);
    let own = |number| Perimeter::Partner(Id::new(Uuid::from_u128(number)));
    let magistrate = |function| (Role::Magistrate, Some(function), here());
    let (role, function, perimeter) = match name {
        "host" => (Role::Partner, None, own(7)),
        "other_host" => (Role::Partner, None, own(8)),
        "dspip" => (Role::Probation, None, here()),
        "other_dspip" => (Role::Probation, None, elsewhere()),
        "dt_pjj" => (Role::Youth, None, here()),
        "agency" => (Role::Agency, None, Perimeter::All),
        "prosecutor" => magistrate(MagistrateFunction::Prosecutor),
        "judge" => magistrate(MagistrateFunction::EnforcementJudge),
        "other_judge" => {
            let function = MagistrateFunction::EnforcementJudge;
            (Role::Magistrate, Some(function), elsewhere())
        }
        "juvenile" => magistrate(MagistrateFunction::JuvenileJudge),
        "prefect" => (Role::Prefect, None, here()),
        "direction" => (
            Role::Direction,
            None,
            Perimeter::Direction(Direction::Bordeaux),
        ),
        "prison" => {
            let own = Perimeter::Establishment(Id::new(Uuid::from_u128(9)));
            (Role::Establishment, None, own)
        }
        "ministry" => (Role::Ministry, None, Perimeter::All),
        "administrator" => (Role::Administrator, None, Perimeter::All),
        _ => panic!("{name} is nobody"),
    };
    Client {
        role,
        function,
        perimeter,
    }
}

impl Client {
    pub(in crate::habilitations) const fn who(&self) -> Who<'_> {
        Who {
            role: self.role,
            function: self.function,
            perimeter: &self.perimeter,
        }
    }
}

/// What `name` does on `today`, by the law of these tests.
pub(in crate::habilitations) fn by<T>(
    name: &str,
    today: &str,
    act: impl FnOnce(&Act<'_>) -> T,
) -> T {
    let (client, law) = (client(name), law());
    act(&Act {
        who: client.who(),
        today: day(today),
        law: &law,
    })
}

pub(in crate::habilitations) fn host() -> Host {
    Host {
        partner: partner(),
        kind: Some(HostKind::Association),
        public_law: Some(false),
        seat: "33".parse().unwrap(),
    }
}

pub(in crate::habilitations) fn jurisdiction(authority: HabilitationAuthority) -> Jurisdiction {
    let departement = (!authority.is_national()).then(|| "33".parse().unwrap());
    Jurisdiction::new(authority, departement).unwrap()
}

pub(in crate::habilitations) fn document(kind: DocumentKind) -> Document {
    Document {
        kind,
        reference: None,
        issued_on: None,
        filed_on: None,
    }
}

pub(in crate::habilitations) fn facts(authority: HabilitationAuthority) -> HabilitationFacts {
    HabilitationFacts {
        partner: partner(),
        jurisdiction: jurisdiction(authority),
        host_kind: HostKind::Association,
        presentation: None,
        documents: vec![
            document(DocumentKind::Statutes),
            document(DocumentKind::JoPublication),
        ],
    }
}

pub(in crate::habilitations) fn record() -> Record {
    Record::created(DateTime::UNIX_EPOCH)
}

pub(in crate::habilitations) fn decision(decided_on: &str) -> DecisionFacts {
    DecisionFacts {
        decided_on: day(decided_on),
        signatory: Signatory {
            first_name: "Camille".parse().unwrap(),
            last_name: "Exemple".parse().unwrap(),
            capacity: "Directrice du SPIP".parse().unwrap(),
        },
        order_reference: None,
    }
}

/// The same decision, by the minister's order.
pub(in crate::habilitations) fn order(decided_on: &str) -> DecisionFacts {
    DecisionFacts {
        order_reference: "JUST2600001A".parse().ok(),
        ..decision(decided_on)
    }
}

fn grounds<R: Code>(reason: R) -> Grounds<R> {
    let statement = "Les garanties d'encadrement ne suffisent pas.";
    Grounds::new(vec![reason], statement.parse().unwrap()).unwrap()
}

pub(in crate::habilitations) fn refusal() -> Grounds<RefusalReason> {
    grounds(RefusalReason::InsufficientGuarantees)
}

pub(in crate::habilitations) fn withdrawal() -> Grounds<WithdrawalReason> {
    grounds(WithdrawalReason::SeriousBreach)
}

pub(in crate::habilitations) fn asked(giver: OpinionGiver, requested_on: &str) -> OpinionRequest {
    OpinionRequest {
        giver,
        requested_on: day(requested_on),
    }
}

pub(in crate::habilitations) fn given(giver: OpinionGiver, given_on: &str) -> OpinionFacts {
    OpinionFacts {
        giver,
        outcome: OpinionOutcome::Favourable,
        given_on: day(given_on),
        statement: None,
    }
}

pub(in crate::habilitations) fn withdrawal_facts(invited_on: &str) -> WithdrawalFacts {
    WithdrawalFacts {
        grounds: withdrawal(),
        observations_invited_on: day(invited_on),
    }
}

pub(in crate::habilitations) const fn nothing_said() -> ObservationFacts {
    ObservationFacts {
        received_on: None,
        statement: None,
    }
}

/// A dossier on its way, for tests that are not about how it got there.
#[derive(Clone)]
pub(in crate::habilitations) struct Dossier(pub(super) Habilitation, pub(super) Vec<EventType>);

impl Dossier {
    pub(in crate::habilitations) fn draft(authority: HabilitationAuthority) -> Self {
        let moved = by("host", "2026-01-05", |act| {
            let id = Id::new(Uuid::from_u128(1));
            Habilitation::open(id, record(), facts(authority), &host(), act)
        });
        Self::of(moved)
    }

    fn of(moved: Result<Moved, Refused>) -> Self {
        let moved = moved.unwrap();
        let events = moved.events.iter().map(|event| event.kind).collect();
        Self(moved.habilitation, events)
    }

    /// The dossier once `name` has done this on `today`.
    pub(in crate::habilitations) fn then(
        self,
        name: &str,
        today: &str,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        Self::of(by(name, today, |on| act(self.0, on)))
    }

    pub(in crate::habilitations) fn status(&self) -> HabilitationStatus {
        self.0.course().status
    }

    pub(in crate::habilitations) fn filed(authority: HabilitationAuthority) -> Self {
        Self::draft(authority).then("host", "2026-01-10", |it, act| it.file(&host(), act))
    }

    /// Under instruction since 12 January 2026, nobody asked.
    pub(in crate::habilitations) fn instructed() -> Self {
        let filed = Self::filed(HabilitationAuthority::Dspip);
        filed.then("dspip", "2026-01-12", Habilitation::start_instruction)
    }

    pub(in crate::habilitations) fn asking(self, giver: OpinionGiver, on: &str) -> Self {
        self.then("dspip", on, |it, act| {
            it.request_opinion(asked(giver, on), act)
        })
    }

    /// Granted on 15 February 2026, until 14 February 2031, a month after opinions were asked.
    pub(in crate::habilitations) fn granted() -> Self {
        let asked = Self::instructed()
            .asking(OpinionGiver::Prosecutor, "2026-01-15")
            .asking(OpinionGiver::EnforcementJudge, "2026-01-15");
        asked.then("dspip", "2026-02-15", |it, act| {
            it.grant(decision("2026-02-15"), act)
        })
    }

    /// Withdrawal opened on 1 March 2027; the two magistrates were asked on the 2nd, and nothing
    /// came of the host by the 20th.
    pub(in crate::habilitations) fn withdrawing() -> Self {
        Self::granted()
            .then("dspip", "2027-03-01", |it, act| {
                it.open_withdrawal(withdrawal_facts("2027-03-01"), act)
            })
            .asking(OpinionGiver::Prosecutor, "2027-03-02")
            .asking(OpinionGiver::EnforcementJudge, "2027-03-02")
            .then("dspip", "2027-03-20", |it, act| {
                it.record_observations(nothing_said(), act)
            })
    }
}
