//! Dossiers of the past, led to where they are by the moves of the domain and kept as the platform
//! keeps them: what takes a month or five years is not waited for.

use std::sync::LazyLock;

use api::kernel::clock::SystemIds;
use chrono::{Days, NaiveDate};
use domain::{
    clients::{MagistrateFunction, Perimeter, Role},
    habilitations::{
        Act, DecisionFacts, Document, DocumentKind, Grounds, Habilitation, HabilitationAuthority,
        HabilitationFacts, HabilitationLaw, Host, IncompletenessFacts, Jurisdiction, Moved,
        ObservationFacts, OpinionFacts, OpinionGiver, OpinionOutcome, OpinionRequest, Refused,
        Signatory, Who, WithdrawalFacts, WithdrawalReason,
    },
    kernel::{Id, IdSource, Record, Term, Validity},
    partners::HostKind,
};
use persistence::{
    habilitations::{Writing, save},
    testing::TestDb,
};

/// A dossier on its way, not kept yet.
pub(crate) struct Seed {
    moved: Moved,
    host: Host,
}

/// The law as it is served, on any day of the past: its tables begin in 2022, less than the five
/// years of a habilitation ago.
fn law() -> &'static HabilitationLaw {
    static LAW: LazyLock<HabilitationLaw> = LazyLock::new(|| {
        let served = data::Reference::get().unwrap().habilitation_law();
        let mut rows = served.rows().clone();
        let always = Validity::default();
        rows.admissions
            .iter_mut()
            .for_each(|it| it.validity = always);
        rows.documents
            .iter_mut()
            .for_each(|it| it.validity = always);
        rows.procedures
            .iter_mut()
            .for_each(|it| it.validity = always);
        rows.notifications
            .iter_mut()
            .for_each(|it| it.validity = always);
        HabilitationLaw::new(rows).unwrap()
    });
    &LAW
}

/// The last day on which a term of a calendar month begins that has run on `today`.
pub(crate) fn a_month_before(today: NaiveDate) -> NaiveDate {
    let days = (0..40).map(|days| today - Days::new(days));
    let mut run = days.filter(|day| Term::Months(1).after(*day) <= today);
    run.next().unwrap()
}

fn document(kind: DocumentKind) -> Document {
    Document {
        kind,
        reference: None,
        issued_on: None,
        filed_on: None,
    }
}

fn departements() -> Perimeter {
    Perimeter::Departements(vec!["33".parse().unwrap()])
}

impl Seed {
    /// A draft of an association in Gironde, complete.
    pub(crate) fn draft(partner: &str, authority: HabilitationAuthority, on: NaiveDate) -> Self {
        use DocumentKind::{
            BoardMembers, EstablishmentsList, GeneralMeetingMinutes, JoPublication,
            ManagersIdentity, Statutes,
        };
        let kinds = [
            JoPublication,
            Statutes,
            EstablishmentsList,
            BoardMembers,
            GeneralMeetingMinutes,
            ManagersIdentity,
        ];
        let partner = partner.parse().unwrap();
        let host = Host {
            partner,
            kind: Some(HostKind::Association),
            public_law: Some(false),
            seat: "33".parse().unwrap(),
        };
        let departement = (!authority.is_national()).then(|| "33".parse().unwrap());
        let facts = HabilitationFacts {
            partner,
            jurisdiction: Jurisdiction::new(authority, departement).unwrap(),
            host_kind: HostKind::Association,
            presentation: None,
            documents: kinds.map(document).to_vec(),
        };
        let id = Id::new(SystemIds.next());
        let record = Record::created(on.and_hms_opt(10, 0, 0).unwrap().and_utc());
        let moved = acting(Role::Agency, None, &Perimeter::All, on, |act| {
            Habilitation::open(id, record, facts, &host, act)
        });
        Self { moved, host }
    }

    pub(crate) fn filed(self, on: NaiveDate) -> Self {
        let host = self.host.clone();
        self.by(Role::Agency, None, on, |it, act| it.file(&host, act))
    }

    pub(crate) fn incomplete(self, on: NaiveDate) -> Self {
        let facts = IncompletenessFacts {
            missing_documents: vec![DocumentKind::Statutes],
            statement: None,
            answer_by: None,
        };
        self.by_authority(on, |it, act| it.declare_incomplete(facts, act))
    }

    pub(crate) fn instructed(self, on: NaiveDate) -> Self {
        self.by_authority(on, Habilitation::start_instruction)
    }

    pub(crate) fn asking(self, givers: &[OpinionGiver], on: NaiveDate) -> Self {
        givers.iter().fold(self, |seed, giver| {
            let request = OpinionRequest {
                giver: *giver,
                requested_on: on,
            };
            seed.by_authority(on, |it, act| it.request_opinion(request, act))
        })
    }

    /// The prosecutor is favourable, the judge reserved.
    pub(crate) fn opined(self, on: NaiveDate) -> Self {
        use MagistrateFunction::{EnforcementJudge, Prosecutor};
        let both = [
            (
                Prosecutor,
                OpinionGiver::Prosecutor,
                OpinionOutcome::Favourable,
            ),
            (
                EnforcementJudge,
                OpinionGiver::EnforcementJudge,
                OpinionOutcome::Reserved,
            ),
        ];
        both.into_iter()
            .fold(self, |seed, (function, giver, outcome)| {
                let facts = OpinionFacts {
                    giver,
                    outcome,
                    given_on: on,
                    statement: None,
                };
                seed.by(Role::Magistrate, Some(function), on, |it, act| {
                    it.give_opinion(facts, act)
                })
            })
    }

    pub(crate) fn granted(self, on: NaiveDate) -> Self {
        self.by_authority(on, |it, act| {
            let national = it.jurisdiction.authority().is_national();
            let facts = DecisionFacts {
                decided_on: on,
                signatory: Signatory {
                    first_name: "Camille".parse().unwrap(),
                    last_name: "Exemple".parse().unwrap(),
                    capacity: "Directrice du SPIP".parse().unwrap(),
                },
                order_reference: national.then(|| "JUST2600001A".parse().unwrap()),
            };
            it.grant(facts, act)
        })
    }

    /// Filed, instructed, opined and granted on one day.
    pub(crate) fn granted_at_once(self, on: NaiveDate) -> Self {
        use OpinionGiver::{EnforcementJudge, Prosecutor};
        let instructed = self.filed(on).instructed(on);
        let asked = instructed.asking(&[Prosecutor, EnforcementJudge], on);
        asked.opined(on).granted(on)
    }

    pub(crate) fn renewing(self, on: NaiveDate) -> Self {
        self.by(Role::Agency, None, on, Habilitation::request_renewal)
    }

    pub(crate) fn withdrawing(self, on: NaiveDate) -> Self {
        let statement = "Les conditions ne sont plus remplies.".parse().unwrap();
        let facts = WithdrawalFacts {
            grounds: Grounds::new(vec![WithdrawalReason::Safety], statement).unwrap(),
            observations_invited_on: on,
        };
        self.by_authority(on, |it, act| it.open_withdrawal(facts, act))
    }

    /// Invited to answer, the host did not.
    pub(crate) fn unanswered(self, on: NaiveDate) -> Self {
        let facts = ObservationFacts {
            received_on: None,
            statement: None,
        };
        self.by_authority(on, |it, act| it.record_observations(facts, act))
    }

    fn by_authority(
        self,
        on: NaiveDate,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        let role = match self.moved.habilitation.jurisdiction.authority() {
            HabilitationAuthority::Dspip => Role::Probation,
            HabilitationAuthority::DtPjj => Role::Youth,
            HabilitationAuthority::GardeDesSceaux => Role::Agency,
        };
        self.by(role, None, on, act)
    }

    fn by(
        self,
        role: Role,
        function: Option<MagistrateFunction>,
        on: NaiveDate,
        act: impl FnOnce(Habilitation, &Act<'_>) -> Result<Moved, Refused>,
    ) -> Self {
        let perimeter = match role {
            Role::Agency => Perimeter::All,
            _ => departements(),
        };
        let dossier = self.moved.habilitation;
        let moved = acting(role, function, &perimeter, on, |on| act(dossier, on));
        Self { moved, ..self }
    }

    /// Keeps it as it was on `on`, and gives its id; the time that went by since was not told.
    pub(crate) fn kept(self, db: &TestDb, on: NaiveDate) -> String {
        let actor = "cli:test".parse().unwrap();
        let writing = Writing {
            actor: &actor,
            at: on.and_hms_opt(10, 0, 0).unwrap().and_utc(),
            today: on,
            law: law(),
        };
        let saved = db
            .db()
            .write_blocking(|conn| save(conn, &self.moved, &writing));
        saved.map_err(|error| format!("{error:?}")).unwrap();
        self.moved.habilitation.id.to_string()
    }
}

fn acting(
    role: Role,
    function: Option<MagistrateFunction>,
    perimeter: &Perimeter,
    today: NaiveDate,
    act: impl FnOnce(&Act<'_>) -> Result<Moved, Refused>,
) -> Moved {
    let who = Who {
        role,
        function,
        perimeter,
    };
    let law = law();
    act(&Act { who, today, law }).unwrap()
}
