//! Offers for the tests: of each kind, full or bare, in each state.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activities::{Activity, WorkRegime};
use domain::habilitations::{Grounds, OpinionGiven, OpinionGiver, OpinionOutcome, Signatory};
use domain::kernel::{
    Code, Count, GeoPrecision, Percent, Period, Point, Position, TransportM, Validity, WeekHours,
    civil_date,
};
use domain::offers::{
    Audience, Authority, Certification, Content, ContentFacts, ContractKind, Dated, Decision,
    Details, Diffusion, Employment, EmploymentFacts, FixedTermReason, HostMotive, HostStanding,
    Keeper, LegalTerm, LegalTerms, MoveRefused, Moved, Offer, OfferDates, OfferKind, OfferStatus,
    OpinionSubject, Pay, PayClass, Place, PlaceFacts, Site, Suspending, SuspensionReason, Tig,
    TigFacts, TigField, TigForm, TigMeasure, TigRestricted, TimeSlot, Training, TrainingFacts,
};
use domain::partners::{PartnerContact, PartnerContactFacts};

use crate::fixture::{a_partner, bare, id};

/// Ten in the morning of a day in July 2026, in Paris, with microseconds.
pub(crate) fn on(day: u32) -> DateTime<Utc> {
    format!("2026-07-{day:02}T08:00:00.123456Z")
        .parse()
        .unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// How long an opinion is awaited.
pub(crate) fn terms() -> LegalTerms {
    let term = Dated {
        validity: Validity::default(),
        article: "CPen R623-9".to_owned(),
        source: "essai".to_owned(),
        value: (LegalTerm::PostOpinionDays, 10),
    };
    LegalTerms::new(vec![term]).unwrap()
}

pub(crate) fn place(departement: &str, site: Site) -> Place {
    Place::restore(PlaceFacts {
        commune: format!("{departement}063").parse().unwrap(),
        departement: departement.parse().unwrap(),
        region: "75".parse().unwrap(),
        centre: Point::new(44.857_2, -0.573_6).ok(),
        site,
    })
    .unwrap()
}

fn site() -> Site {
    Site {
        street: "1 rue de l'Essai".parse().ok(),
        postcode: "33000".parse().ok(),
        position: Some(Position {
            point: Point::new(44.860_123_456_789, -0.58).unwrap(),
            precision: GeoPrecision::Address,
        }),
    }
}

/// A place of which the commune alone is known.
pub(crate) fn nowhere() -> Site {
    Site {
        street: None,
        postcode: None,
        position: None,
    }
}

/// A post of which everything is known, for everybody.
pub(crate) fn full_tig() -> Tig {
    let facts = TigFacts {
        measures: TigMeasure::all().iter().copied().collect(),
        form: TigForm::Collective,
        field: TigField::GreenSpaces,
        audiences: Audience::all().iter().copied().collect(),
        slots: BTreeSet::from([TimeSlot::Weekday, TimeSlot::Saturday]),
        step_free: Some(false),
        transport_m: TransportM::new(350).ok(),
        licence_needed: true,
        vehicle_needed: false,
        particular_risks: true,
        care_establishment: false,
        formative_character: "Apprentissage des gestes du jardin".parse().ok(),
        host_named: true,
    };
    let supervisor = PartnerContactFacts {
        function: "Chef d'équipe des espaces verts".parse().unwrap(),
        service_name: "Espaces verts".parse().ok(),
        email: "espaces-verts@hote.example".parse().ok(),
        phone: "05 36 49 00 00".parse().ok(),
    };
    let restricted = TigRestricted {
        supervisor: PartnerContact::new(supervisor).ok(),
        exclusions: "Atteintes aux personnes vulnérables".parse().ok(),
    };
    Tig::new(facts, restricted).unwrap()
}

/// A post of which the obligatory alone is known, for adults.
pub(crate) fn bare_tig() -> Tig {
    let (facts, _) = full_tig().into_inner();
    let facts = TigFacts {
        measures: BTreeSet::from([TigMeasure::Tig]),
        audiences: BTreeSet::from([Audience::Adults]),
        slots: BTreeSet::from([TimeSlot::Night]),
        step_free: None,
        transport_m: None,
        formative_character: None,
        ..facts
    };
    Tig::new(facts, TigRestricted::default()).unwrap()
}

fn job(full: bool) -> Employment {
    let facts = EmploymentFacts {
        establishment: bare(1).id,
        regime: WorkRegime::Concession,
        activity: Activity::Packaging,
        rome: "H3301".parse().unwrap(),
        pay: Pay {
            class: PayClass::Production,
            smic_percent: Percent::new(45.5).unwrap(),
        },
        contract: if full {
            ContractKind::FixedTerm
        } else {
            ContractKind::OpenEnded
        },
        fixed_term_reason: full.then_some(FixedTermReason::Seasonal),
    };
    Employment::new(facts).unwrap()
}

fn training(full: bool) -> Training {
    let certification = Certification {
        title: "Agent de propreté".parse().unwrap(),
        code: "RNCP37274".parse().ok(),
    };
    let facts = TrainingFacts {
        establishment: full.then(|| bare(1).id),
        region: "75".parse().unwrap(),
        certification: full.then_some(certification),
        activity: full.then_some(Activity::Joinery),
        rome: if full {
            ["H2207", "H2206"]
                .map(|code| code.parse().unwrap())
                .to_vec()
        } else {
            Vec::new()
        },
        session: full.then(|| Period::new(day("2026-10-01"), day("2026-12-18")).unwrap()),
    };
    Training::new(facts).unwrap()
}

/// What an offer of a kind says: everything, or the obligatory alone.
pub(crate) fn facts(kind: OfferKind, full: bool) -> ContentFacts {
    let details = match kind {
        OfferKind::Tig if full => Details::Tig(full_tig()),
        OfferKind::Tig => Details::Tig(bare_tig()),
        OfferKind::Employment => Details::Employment(job(full)),
        OfferKind::Training => Details::Training(training(full)),
    };
    let dates = if full {
        OfferDates::new(Some(day("2026-07-01")), Some(day("2026-12-31")), false)
    } else {
        OfferDates::new(None, None, true)
    };
    let hours = full || kind != OfferKind::Training;
    ContentFacts {
        title: "Une offre d'essai".parse().unwrap(),
        description: "Ce que l'on y fait.".parse().unwrap(),
        place: place("33", if full { site() } else { nowhere() }),
        diffusion: if full {
            Diffusion::Professionals
        } else {
            Diffusion::Public
        },
        dates: dates.unwrap(),
        places: Count::new(4).unwrap(),
        hours_per_week: hours.then(|| WeekHours::new(14.5).unwrap()),
        details,
    }
}

/// The `n`th offer of the first partner, called `A-n`, that says this.
pub(crate) fn draft(n: u8, facts: ContentFacts) -> Offer {
    let partner = Some(a_partner(1).id);
    let keeper = Keeper::new(partner, format!("A-{n}").parse().ok(), false).unwrap();
    Offer::draft(id(0x90, n), keeper, Content::new(facts).unwrap(), on(1)).unwrap()
}

/// A decision of a day of July.
pub(crate) fn decision(of: u32) -> Decision {
    Decision {
        decided_on: civil_date(on(of)),
        signatory: Signatory {
            first_name: "Camille".parse().unwrap(),
            last_name: "Exemple".parse().unwrap(),
            capacity: "Directrice du SPIP".parse().unwrap(),
        },
    }
}

/// The reasons of an authority: the first and the last of the list.
pub(crate) fn grounds<R: Code>() -> Grounds<R> {
    let statement = "Pour un motif qui est dit ici.".parse().unwrap();
    let ends = [R::all().first(), R::all().last()];
    let reasons = ends.into_iter().flatten().copied().collect();
    Grounds::new(reasons, statement).unwrap()
}

/// A suspension by the host, for works.
pub(crate) fn by_host() -> Suspending {
    Suspending::ByHost(HostMotive::new(SuspensionReason::Works, None).unwrap())
}

#[track_caller]
pub(crate) fn moved(moved: Result<Moved, MoveRefused>) -> Offer {
    moved.unwrap().offer
}

/// The same post, both opinions asked for on a day of July, and one given the day after.
pub(crate) fn asked(offer: &Offer, subject: OpinionSubject, from: u32) -> Offer {
    let by = *offer.competent(subject).first().unwrap();
    let givers = [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge];
    let offer = givers.into_iter().fold(offer.clone(), |offer, giver| {
        moved(offer.request_opinion(by, subject, giver, civil_date(on(from)), on(from)))
    });
    let given = OpinionGiven::new(
        OpinionOutcome::Favourable,
        civil_date(on(from + 1)),
        "Le poste est utile.".parse().ok(),
    );
    moved(offer.give_opinion(OpinionGiver::Prosecutor, given.unwrap(), on(from + 1)))
}

/// The post, registered for the first audience it asks for.
pub(crate) fn registered(post: &Offer) -> Offer {
    let by = *post
        .competent(OpinionSubject::Registration)
        .first()
        .unwrap();
    moved(post.register(by, decision(14), &HostStanding::ByRight, &terms(), on(14)))
}

/// An offer that says this, in a state of its kind, by the moves that lead there.
pub(crate) fn in_state(n: u8, facts: ContentFacts, status: OfferStatus) -> Offer {
    let drafted = draft(n, facts);
    let submitted = || moved(drafted.submit(on(2)));
    let opinions = || asked(&submitted(), OpinionSubject::Registration, 3);
    let shown = || {
        if drafted.kind() == OfferKind::Tig {
            registered(&opinions())
        } else {
            moved(submitted().publish(Authority::Agency, on(3)))
        }
    };
    match status {
        OfferStatus::Draft => drafted.clone(),
        OfferStatus::Requested | OfferStatus::Submitted => submitted(),
        OfferStatus::OpinionsRequested => opinions(),
        OfferStatus::Registered | OfferStatus::Published => shown(),
        OfferStatus::Suspended => {
            let until = Some(civil_date(on(30)));
            let by = Suspending::ByAuthority(Authority::Agency, grounds());
            let once = moved(shown().suspend(by_host(), until, on(15)));
            moved(once.suspend(by, None, on(16)))
        }
        OfferStatus::Refused if drafted.kind() == OfferKind::Tig => {
            let asked = opinions();
            let authorities = asked.competent(OpinionSubject::Registration);
            authorities.into_iter().fold(asked, |post, by| {
                moved(post.refuse(by, decision(14), grounds(), &terms(), on(14)))
            })
        }
        OfferStatus::Refused => moved(submitted().turn_down(Authority::Agency, grounds(), on(3))),
        OfferStatus::StruckOff => {
            let post = asked(&shown(), OpinionSubject::StrikeOff, 15);
            let by = *post.competent(OpinionSubject::StrikeOff).first().unwrap();
            moved(post.strike_off(by, decision(26), grounds(), &terms(), on(26)))
        }
        OfferStatus::Closed => moved(shown().close(on(15))),
    }
}

/// The states of a kind.
pub(crate) fn states(kind: OfferKind) -> impl Iterator<Item = OfferStatus> {
    let all = OfferStatus::all().iter().copied();
    all.filter(move |status| status.kinds().contains(&kind))
}
