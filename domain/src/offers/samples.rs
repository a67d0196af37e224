//! Offers for tests: each test states only what it is about.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    Audience, Authority, Content, ContentFacts, ContractKind, Coverage, Dated, Decision, Details,
    Diffusion, Employment, EmploymentFacts, HostMotive, HostStanding, HoursBounds, Keeper,
    LegalTerm, LegalTerms, MinimumWage, MinimumWages, ModerationReason, Moved, Offer, OfferDates,
    OfferKind, OfferLaw, OfferRefusalReason, OfferStatus, OpinionSubject, Pay, PayClass, PayFloor,
    PayFloors, PenalFramework, Place, Site, Surroundings, Suspender, Suspending, SuspensionReason,
    Tig, TigFacts, TigField, TigForm, TigHours, TigMeasure, TigRestricted, TimeSlot, Training,
    TrainingFacts,
};
use crate::{
    activities::{Activity, WorkRegime},
    habilitations::{Grounds, OpinionGiver, Signatory},
    kernel::{
        Code, Count, GeoPrecision, Id, Percent, Period, Point, Position, Validity, WeekHours,
    },
    partners::{PartnerContact, PartnerContactFacts},
    territories::{Commune, Direction},
};

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning of a day in September 2026, in Paris.
pub(crate) fn september(day: u32) -> DateTime<Utc> {
    format!("2026-09-{day:02}T08:00:00Z").parse().unwrap()
}

fn dated<T>(article: &str, value: T) -> Dated<T> {
    Dated {
        validity: Validity::new(Some(day("2022-05-01")), None).unwrap(),
        article: article.to_owned(),
        source: "essai".to_owned(),
        value,
    }
}

fn bounds(framework: PenalFramework, audience: Audience) -> Dated<HoursBounds> {
    let unpaid = framework.measure() == TigMeasure::Tnr;
    dated(
        if unpaid { "CPP 41-2 6°" } else { "CP 131-8" },
        HoursBounds {
            framework,
            audience,
            min_hours: (!unpaid).then_some(20),
            max_hours: if unpaid { 100 } else { 400 },
            max_months: (framework != PenalFramework::TigSursisProbatoire).then_some(if unpaid {
                6
            } else {
                18
            }),
            deadline_article: Some("CP 131-22".to_owned()),
        },
    )
}

/// The law of the day, in a few rows.
pub(crate) fn law() -> OfferLaw {
    let frameworks = [
        PenalFramework::TigMainPenalty,
        PenalFramework::TigSursisProbatoire,
        PenalFramework::TnrCompositionPenaleDelit,
    ];
    let audiences = [Audience::Adults, Audience::Minors16To17];
    let hours = frameworks
        .into_iter()
        .flat_map(|framework| audiences.map(|audience| bounds(framework, audience)));
    let floor = |(class, percent)| {
        let min_smic_percent = Percent::new(percent).unwrap();
        dated(
            "CPen D412-64",
            PayFloor {
                class,
                min_smic_percent,
            },
        )
    };
    let floors = [
        (PayClass::Production, 45.0),
        (PayClass::ServiceGeneral1, 33.0),
    ];
    let wage = MinimumWage {
        zone: "france".to_owned(),
        departements: Vec::new(),
        hourly_cents: Some(1_202),
    };
    let terms = [
        (LegalTerm::PostOpinionDays, 10),
        (LegalTerm::LegalWeekHours, 35),
        (LegalTerm::TigExtraWeekHours, 12),
        (LegalTerm::PrisonWeekMinHours, 10),
        (LegalTerm::PrisonWeekMaxHours, 48),
    ];
    let term = |term: (LegalTerm, u16)| dated(term.0.name(), term);
    OfferLaw {
        tig_hours: TigHours::new(hours.collect()).unwrap(),
        pay_floors: PayFloors::new(floors.map(floor).to_vec()).unwrap(),
        minimum_wages: MinimumWages::new(vec![dated("L3231-2", wage)]).unwrap(),
        terms: LegalTerms::new(terms.map(term).to_vec()).unwrap(),
    }
}

/// A commune of a département, whose centre is in Bordeaux.
pub(crate) fn commune(code: &str, departement: &str) -> Commune {
    Commune {
        code: code.parse().unwrap(),
        name: "Commune".to_owned(),
        departement: departement.parse().unwrap(),
        region: "75".parse().unwrap(),
        direction: Direction::Bordeaux,
        parent: None,
        postcodes: vec![],
        population: None,
        centre: Some(Point::new(44.8572, -0.5736).unwrap()),
    }
}

/// A site a kilometre or so from that centre.
pub(crate) fn site() -> Site {
    Site {
        street: "1 rue de l'Essai".parse().ok(),
        postcode: "33000".parse().ok(),
        position: Some(Position {
            point: Point::new(44.86, -0.58).unwrap(),
            precision: GeoPrecision::Address,
        }),
    }
}

/// A place in Bordeaux.
pub(crate) fn place() -> Place {
    Place::new(&commune("33063", "33"), site()).unwrap()
}

/// What everybody may know of a post for adults.
pub(crate) fn tig_facts() -> TigFacts {
    TigFacts {
        measures: BTreeSet::from([TigMeasure::Tig]),
        form: TigForm::Individual,
        field: TigField::GreenSpaces,
        audiences: BTreeSet::from([Audience::Adults]),
        slots: BTreeSet::from([TimeSlot::Weekday]),
        step_free: None,
        transport_m: None,
        licence_needed: false,
        vehicle_needed: false,
        particular_risks: false,
        care_establishment: false,
        formative_character: None,
        host_named: false,
    }
}

/// A post for adults and minors.
pub(crate) fn mixed_facts() -> TigFacts {
    TigFacts {
        audiences: BTreeSet::from([Audience::Adults, Audience::Minors16To17]),
        formative_character: "Apprentissage des gestes du jardin".parse().ok(),
        ..tig_facts()
    }
}

/// A post with a supervisor and exclusions.
pub(crate) fn tig() -> Tig {
    let supervisor = PartnerContactFacts {
        function: "Chef d'équipe des espaces verts".parse().unwrap(),
        service_name: None,
        email: "espaces-verts@hote.example".parse().ok(),
        phone: None,
    };
    let restricted = TigRestricted {
        supervisor: PartnerContact::new(supervisor).ok(),
        exclusions: "Atteintes aux personnes vulnérables".parse().ok(),
    };
    Tig::new(tig_facts(), restricted).unwrap()
}

/// A job in production.
pub(crate) fn employment_facts() -> EmploymentFacts {
    EmploymentFacts {
        establishment: Id::new(Uuid::from_u128(3)),
        regime: WorkRegime::Concession,
        activity: Activity::Packaging,
        rome: "H3301".parse().unwrap(),
        pay: Pay {
            class: PayClass::Production,
            smic_percent: Percent::new(45.0).unwrap(),
        },
        contract: ContractKind::OpenEnded,
        fixed_term_reason: None,
    }
}

/// A training in an establishment.
pub(crate) fn training_facts() -> TrainingFacts {
    TrainingFacts {
        establishment: Some(Id::new(Uuid::from_u128(3))),
        region: "75".parse().unwrap(),
        certification: None,
        activity: Some(Activity::Joinery),
        rome: vec!["H2206".parse().unwrap()],
        session: None,
    }
}

/// What an offer of a kind says; permanent, public, of four places.
pub(crate) fn content_facts(kind: OfferKind) -> ContentFacts {
    let details = match kind {
        OfferKind::Tig => Details::Tig(tig()),
        OfferKind::Employment => Details::Employment(Employment::new(employment_facts()).unwrap()),
        OfferKind::Training => Details::Training(Training::new(training_facts()).unwrap()),
    };
    ContentFacts {
        title: "Une offre d'essai".parse().unwrap(),
        description: "Ce que l'on y fait.".parse().unwrap(),
        place: place(),
        diffusion: Diffusion::Public,
        dates: OfferDates::new(None, None, true).unwrap(),
        places: Count::new(4).unwrap(),
        hours_per_week: WeekHours::new(14.0).ok(),
        details,
    }
}

/// The same, checked.
pub(crate) fn content(kind: OfferKind) -> Content {
    Content::new(content_facts(kind)).unwrap()
}

/// A post that says this.
pub(crate) fn post(facts: TigFacts) -> Content {
    let details = Details::Tig(Tig::new(facts, TigRestricted::default()).unwrap());
    Content::new(ContentFacts {
        details,
        ..content_facts(OfferKind::Tig)
    })
    .unwrap()
}

/// A partner's offer that says this, drafted on the first of September.
pub(crate) fn draft(content: Content) -> Offer {
    let partner = Some(Id::new(Uuid::from_u128(2)));
    let keeper = Keeper::new(partner, "A-1".parse().ok(), false).unwrap();
    Offer::draft(Id::new(Uuid::from_u128(1)), keeper, content, september(1)).unwrap()
}

/// A host that is habilitated in Gironde for five years.
pub(crate) fn habilitated() -> HostStanding {
    HostStanding::Habilitated(vec![coverage("33", "2024-01-01", "2028-12-31")])
}

/// A habilitation of a département; of the whole territory when it is empty.
pub(crate) fn coverage(departement: &str, first: &str, last: &str) -> Coverage {
    Coverage {
        departement: departement.parse().ok(),
        days: Period::new(day(first), day(last)).unwrap(),
        withdrawn_on: None,
        experiment: None,
    }
}

/// Nothing around the offer hides it.
pub(crate) fn surroundings() -> Surroundings {
    Surroundings {
        host: habilitated(),
        establishment_open: true,
    }
}

/// A decision of a day of September.
pub(crate) fn decision(of: u32) -> Decision {
    Decision {
        decided_on: crate::kernel::civil_date(september(of)),
        signatory: Signatory {
            first_name: "Camille".parse().unwrap(),
            last_name: "Exemple".parse().unwrap(),
            capacity: "Directrice du SPIP".parse().unwrap(),
        },
    }
}

/// The reasons of an authority.
pub(crate) fn grounds<R: Code>() -> Grounds<R> {
    let statement = "Pour un motif qui est dit ici.".parse().unwrap();
    let other = R::all().last().copied().unwrap();
    Grounds::new(vec![other], statement).unwrap()
}

/// The suspension that one decides, for works.
pub(crate) fn suspending(by: Suspender) -> Suspending {
    match by {
        Suspender::Host => {
            Suspending::ByHost(HostMotive::new(SuspensionReason::Works, None).unwrap())
        }
        Suspender::Authority(authority) => Suspending::ByAuthority(authority, grounds()),
    }
}

/// Registers or strikes off, once both opinions were asked for on a day of September.
pub(crate) fn asked(offer: &Offer, by: Authority, subject: OpinionSubject, on: u32) -> Offer {
    let givers = [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge];
    givers.into_iter().fold(offer.clone(), |offer, giver| {
        let at = september(on);
        let asked = offer.request_opinion(by, subject, giver, decision(on).decided_on, at);
        asked.unwrap().offer
    })
}

/// An offer that says this, in a state of its kind, reached by the moves that lead there.
pub(crate) fn in_state(content: Content, status: OfferStatus) -> Offer {
    let offer = |moved: Result<Moved, super::MoveRefused>| moved.unwrap().offer;
    let terms = law().terms;
    let submitted = |content| offer(draft(content).submit(september(2)));
    let opinions = |content| {
        let filed: Offer = submitted(content);
        let by = Authority::for_audience(*filed.awaited().first().unwrap());
        asked(&filed, by, OpinionSubject::Registration, 3)
    };
    let by = |offer: &Offer| offer.competent(OpinionSubject::Registration)[0];
    let registered = |content| {
        let post: Offer = opinions(content);
        let (by, decision) = (by(&post), decision(14));
        offer(post.register(by, decision, &habilitated(), &terms, september(14)))
    };
    let published = |content| {
        let filed: Offer = submitted(content);
        offer(filed.publish(Authority::Agency, september(3)))
    };
    let tig = content.kind() == OfferKind::Tig;
    let shown = |content| {
        if tig {
            registered(content)
        } else {
            published(content)
        }
    };
    match status {
        OfferStatus::Draft => draft(content),
        OfferStatus::Requested | OfferStatus::Submitted => submitted(content),
        OfferStatus::OpinionsRequested => opinions(content),
        OfferStatus::Registered | OfferStatus::Published => shown(content),
        OfferStatus::Suspended => {
            offer(shown(content).suspend(suspending(Suspender::Host), None, september(15)))
        }
        OfferStatus::Refused if tig => {
            let filed: Offer = submitted(content);
            let grounds = grounds::<OfferRefusalReason>();
            offer(filed.refuse(by(&filed), decision(3), grounds, &terms, september(3)))
        }
        OfferStatus::Refused => {
            let grounds = grounds::<ModerationReason>();
            offer(submitted(content).turn_down(Authority::Agency, grounds, september(3)))
        }
        OfferStatus::StruckOff => {
            let listed: Offer = registered(content);
            let by = listed.competent(OpinionSubject::StrikeOff)[0];
            let post = asked(&listed, by, OpinionSubject::StrikeOff, 15);
            let grounds = grounds::<OfferRefusalReason>();
            offer(post.strike_off(by, decision(25), grounds, &terms, september(25)))
        }
        OfferStatus::Closed => offer(published(content).close(september(15))),
    }
}
