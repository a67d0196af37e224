//! Establishments for the tests: a full one and a bare one.

use chrono::{DateTime, Utc};
use domain::activities::{Activity, WorkRegime};
use domain::changes::Actor;
use domain::establishments::{
    ActivityInPlace, Address, Capacity, Contact, ContactFacts, ContactRole, DatedKind, Dock,
    DockFacts, DockKind, Equipment, EquipmentItem, Establishment, EstablishmentFacts,
    EstablishmentKind, EstablishmentStatus, Management, Parts, PossibleActivity, StorageArea,
    VehicleSize, Zone, ZoneFacts, ZoneKind, ZoneStatus,
};
use domain::kernel::{
    AreaM2, CapacityPlaces, Count, FloorLoadKgM2, GeoPrecision, HeightCm, HeightM, Id, Part, Point,
    Position, PowerKva, Record, Workforce,
};
use domain::partners::{
    HostKind, Partner, PartnerContact, PartnerContactFacts, PartnerFacts, PartnerKind, PartnerRole,
};
use domain::territories::Direction;
use uuid::Uuid;

/// The `n`th instant of a test, with microseconds.
pub(crate) fn at(n: u32) -> DateTime<Utc> {
    format!("2026-07-01T10:00:{n:02}.123456Z").parse().unwrap()
}

pub(crate) fn actor() -> Actor {
    "cli:test".parse().unwrap()
}

/// The `n`th id of a list; lists differ by their first digit, so that parts never meet.
pub(crate) fn id<T>(list: u8, n: u8) -> Id<T> {
    Id::new(Uuid::from_bytes([
        list, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n,
    ]))
}

fn part<T>(list: u8, owner: u8, n: u8, value: T) -> Part<T> {
    Part {
        id: id(list, owner * 16 + n),
        demo: n == 2,
        record: Record::created(at(0)),
        value,
    }
}

/// An establishment about which only the obligatory is known.
pub(crate) fn bare(n: u8) -> Establishment {
    let facts = EstablishmentFacts {
        slug: format!("cp-essai-{n}").parse().unwrap(),
        name: format!("Centre pénitentiaire d'essai {n}").parse().unwrap(),
        kind: DatedKind {
            kind: EstablishmentKind::Cp,
            as_of: at(0).date_naive(),
        },
        status: EstablishmentStatus::Open,
        closed_on: None,
        management: None,
        direction: Direction::Bordeaux,
        address: Address {
            street: None,
            postcode: None,
            commune: "33192".parse().unwrap(),
        },
        position: Position {
            point: Point::new(44.772_512_345_678_9, -0.615_7).unwrap(),
            precision: GeoPrecision::Site,
        },
        position_source: None,
        capacity: None,
        working_hours: None,
        workforce_available: None,
        statistics_label: None,
    };
    Establishment::new(id(0xe0, n), Record::created(at(0)), facts, Parts::default()).unwrap()
}

/// An establishment about which everything is known; of each list of parts the first is real
/// and the second fictitious.
pub(crate) fn full(n: u8) -> Establishment {
    let (mut facts, _) = bare(n).into_inner();
    facts.management = Some(Management::Delegated);
    facts.address.street = "36 rue Bouthier".parse().ok();
    facts.address.postcode = "33170".parse().ok();
    facts.position_source = "relevé d'essai".parse().ok();
    facts.capacity = Some(Capacity {
        places: CapacityPlaces::new(566).unwrap(),
        as_of: at(0).date_naive(),
        source: "statistique mensuelle".parse().unwrap(),
    });
    facts.working_hours = "monday 08:00-11:30;monday 13:30-16:00".parse().ok();
    facts.workforce_available = Workforce::new(120).ok();
    facts.statistics_label = "CP ESSAI".parse().ok();
    let parts = Parts {
        zones: vec![
            part(0xa0, n, 1, zone("Atelier 1")),
            part(0xa0, n, 2, zone("Atelier 2")),
        ],
        storage_areas: vec![
            part(0xb0, n, 1, storage(n, 1)),
            part(0xb0, n, 2, storage(n, 2)),
        ],
        docks: vec![part(0xc0, n, 1, dock(n, 2)), part(0xc0, n, 2, dock(n, 1))],
        activities: vec![
            part(0xd0, n, 1, activity(n, 2)),
            part(0xd0, n, 2, activity(n, 1)),
        ],
        possible_activities: vec![
            part(0xf0, n, 1, possible(Activity::Packaging)),
            part(0xf0, n, 2, possible(Activity::Joinery)),
        ],
        contacts: vec![
            part(0x10, n, 1, contact("Service du travail")),
            part(0x10, n, 2, contact("Standard")),
        ],
    };
    Establishment::new(id(0xe0, n), Record::created(at(0)), facts, parts).unwrap()
}

/// The same establishment with other facts or parts.
pub(crate) fn altered(
    establishment: &Establishment,
    alter: impl FnOnce(&mut EstablishmentFacts, &mut Parts),
) -> Establishment {
    let (mut facts, mut parts) = establishment.clone().into_inner();
    alter(&mut facts, &mut parts);
    Establishment::new(establishment.id, establishment.record, facts, parts).unwrap()
}

/// A zone with all its facts; equipment in an order that is neither its codes' nor the list's.
pub(crate) fn zone(name: &str) -> Zone {
    let item = |equipment, quantity| EquipmentItem {
        equipment,
        quantity,
    };
    Zone::new(ZoneFacts {
        name: name.parse().ok(),
        kind: ZoneKind::Mixed,
        status: ZoneStatus::PartlyAvailable,
        area_m2: AreaM2::new(400).unwrap(),
        available_area_m2: AreaM2::new(150).ok(),
        clear_height_m: HeightM::new(4.35).ok(),
        floor_load_kg_m2: FloorLoadKgM2::new(1_500).ok(),
        power_kva: PowerKva::new(36.1).ok(),
        ground_floor: Some(true),
        workstations: Count::new(25).ok(),
        equipment: vec![
            item(Equipment::ThreePhase, None),
            item(Equipment::Forklift, Count::new(2).ok()),
            item(Equipment::CompressedAir, None),
        ],
    })
    .unwrap()
}

fn storage(owner: u8, zone: u8) -> StorageArea {
    StorageArea {
        name: "Réserve".parse().ok(),
        zone: Some(id(0xa0, owner * 16 + zone)),
        area_m2: AreaM2::new(80).unwrap(),
        clear_height_m: HeightM::new(3.1).ok(),
        cold: Some(false),
    }
}

fn dock(owner: u8, zone: u8) -> Dock {
    Dock::new(DockFacts {
        name: "Quai nord".parse().ok(),
        kind: DockKind::Leveller,
        zone: Some(id(0xa0, owner * 16 + zone)),
        number: Count::new(2).ok(),
        height_cm: HeightCm::new(120).ok(),
        leveller: Some(true),
        max_vehicle: Some(VehicleSize::Rigid19t),
        clearance_cm: HeightCm::new(420).ok(),
        opening_hours: "monday 08:00-11:00;friday 08:00-11:00".parse().ok(),
        shared: Some(true),
    })
    .unwrap()
}

fn activity(owner: u8, zone: u8) -> ActivityInPlace {
    ActivityInPlace {
        activity: Activity::Metalwork,
        regime: WorkRegime::Concession,
        workforce: Workforce::new(18).ok(),
        zone: Some(id(0xa0, owner * 16 + zone)),
    }
}

fn possible(activity: Activity) -> PossibleActivity {
    PossibleActivity {
        activity,
        conditions: "Sous réserve de la puissance.".parse().ok(),
    }
}

fn contact(service: &str) -> Contact {
    Contact::new(ContactFacts {
        role: ContactRole::LocalWorkLead,
        service_name: service.parse().unwrap(),
        email: "travail@prison.example".parse().ok(),
        phone: "05 56 00 00 00".parse().ok(),
    })
    .unwrap()
}

/// SIRET of the fixtures, each valid and another's.
const SIRETS: [&str; 3] = ["20003452800014", "35600000000048", "35600000009075"];

/// The `n`th partner, from 1 to 3, about which everything is known.
pub(crate) fn a_partner(n: u8) -> Partner {
    let contact = |function: &str, phone: Option<&str>| {
        PartnerContact::new(PartnerContactFacts {
            function: function.parse().unwrap(),
            service_name: "Service de l'accueil".parse().ok(),
            email: "accueil@partenaire.example".parse().ok(),
            phone: phone.and_then(|phone| phone.parse().ok()),
        })
        .unwrap()
    };
    let facts = PartnerFacts {
        name: format!("Association d'essai {n}").parse().unwrap(),
        kind: PartnerKind::Association,
        roles: vec![PartnerRole::RiepCustomer, PartnerRole::TigHost],
        host_kind: Some(HostKind::Association),
        siret: SIRETS.get(usize::from(n - 1)).unwrap().parse().ok(),
        rna: "W123456789".parse().ok(),
        local_register: "Tribunal judiciaire d'essai, volume 1, folio 2"
            .parse()
            .ok(),
        legal_category: "9220".parse().ok(),
        address: Address {
            street: "1 place de l'Essai".parse().ok(),
            postcode: "33000".parse().ok(),
            commune: "33063".parse().unwrap(),
        },
        contacts: vec![
            contact("Référent de l'accueil", Some("05 36 49 00 00")),
            contact("Direction", None),
        ],
        demo: false,
    };
    Partner::new(id(0x70, n), Record::created(at(0)), facts).unwrap()
}
