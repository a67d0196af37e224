//! Tables that are long and analysed: an engine reads a short one through, whatever its indexes.

use diesel::connection::SimpleConnection;
use domain::changes::EventType;
use domain::clients::{ClientStatus, Role};
use domain::habilitations::{HabilitationAuthority, HabilitationStatus, OpinionGiver, Ruling};
use domain::holds::HoldStatus;
use domain::kernel::Code;
use domain::offers::{Diffusion, OfferKind, OfferStatus};
use domain::partners::HostKind;
use uuid::Uuid;

use super::words::{Family, Words, mostly, pick, text, uuid};
use crate::kernel::DbError;
use crate::testing::{TestDb, engines};

/// How long the long tables are.
const LONG: u32 = 30_000;
const PARTNERS: u32 = 500;
const CLIENTS: u32 = 3_000;
const ESTABLISHMENTS: u32 = 200;

/// What a test asks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled {
    /// Offers, and what posts say besides.
    Offers,
    /// Holds, on the offers.
    Holds,
    /// Dossiers, with a proceeding and an opinion each.
    Habilitations,
    /// What happened to all of these.
    Changes,
    /// The journal.
    Audit,
}

/// A database on each engine that takes part, with partners, clients, establishments, and these.
pub(crate) fn filled(tables: &[Filled]) -> Vec<TestDb> {
    let all = engines();
    for test in &all {
        let words = Words(test.engine());
        let filling = test.db().write_blocking(|conn| {
            let rows = [words.partners(), words.establishments(), words.clients()];
            let more = tables.iter().flat_map(|table| words.rows(*table));
            for statement in rows.into_iter().chain(more) {
                conn.batch_execute(&statement)?;
            }
            conn.batch_execute("ANALYZE")?;
            Ok::<_, DbError>(())
        });
        filling.unwrap();
    }
    all
}

/// A partner that has rows.
pub(crate) fn partner() -> Uuid {
    uuid(Family::Partner, 7)
}

/// A client that has rows.
pub(crate) fn client() -> Uuid {
    uuid(Family::Client, 7)
}

/// An establishment that has rows.
pub(crate) fn establishment() -> Uuid {
    uuid(Family::Establishment, 7)
}

/// An offer that has rows.
pub(crate) fn offer() -> Uuid {
    uuid(Family::Offer, 7)
}

impl Words {
    fn partners(self) -> String {
        let mut columns = vec![
            ("id", self.key(Family::Partner, "i")),
            ("name", text("Partenaire")),
            ("kind", text("association")),
            ("roles", text("tig_host")),
            ("commune", text("33063")),
            ("demo", "false".to_owned()),
        ];
        columns.extend(self.record());
        Self::insert("partners", PARTNERS, &columns)
    }

    fn establishments(self) -> String {
        let mut columns = vec![
            ("id", self.key(Family::Establishment, "i")),
            ("slug", "'e-' || i".to_owned()),
            ("name", text("Établissement")),
            ("kind", text("ma")),
            ("kind_as_of", self.day("1")),
            ("status", text("open")),
            ("direction", text("bordeaux")),
            ("commune", text("33063")),
            ("lat", "44.0".to_owned()),
            ("lon", "0.0".to_owned()),
            ("geo_precision", text("site")),
        ];
        columns.extend(self.record());
        Self::insert("establishments", ESTABLISHMENTS, &columns)
    }

    fn clients(self) -> String {
        let mut columns = vec![
            ("id", self.key(Family::Client, "i")),
            ("name", text("Logiciel")),
            ("role", pick(Role::all(), "i")),
            ("scopes", text("holds:write")),
            ("status", mostly(ClientStatus::Active, "i")),
            ("demo", "false".to_owned()),
            ("organisation", text("ministry")),
            ("name_words", "' logiciel ' || i".to_owned()),
        ];
        columns.extend(self.record());
        Self::insert("clients", CLIENTS, &columns)
    }

    fn rows(self, table: Filled) -> Vec<String> {
        match table {
            Filled::Offers => vec![self.offers(), self.posts()],
            Filled::Holds => vec![self.holds()],
            Filled::Habilitations => vec![self.dossiers(), self.proceedings(), self.opinions()],
            Filled::Changes => vec![self.changes()],
            Filled::Audit => vec![self.audit()],
        }
    }

    fn offers(self) -> String {
        let place = self.key(Family::Establishment, &format!("1 + i % {ESTABLISHMENTS}"));
        let mut columns = vec![
            ("id", self.key(Family::Offer, "i")),
            (
                "partner_id",
                self.key(Family::Partner, &format!("1 + i % {PARTNERS}")),
            ),
            ("reference", "'R-' || i".to_owned()),
            ("demo", "false".to_owned()),
            ("kind", pick(OfferKind::all(), "i / 7")),
            ("title", text("Entretien des espaces verts")),
            (
                "description",
                text("Tonte, taille et désherbage des parcs."),
            ),
            ("commune", text("33063")),
            ("departement", self.departement("i / 11")),
            ("region", text("75")),
            ("diffusion", pick(Diffusion::all(), "i / 3")),
            (
                "ends_on",
                format!("CASE WHEN i % 3 = 0 THEN {} END", self.day("i % 1000")),
            ),
            ("places", "5".to_owned()),
            (
                "establishment_id",
                format!("CASE WHEN i % 3 <> 0 THEN {place} END"),
            ),
            ("status", mostly(OfferStatus::Published, "i / 5")),
            ("places_taken", "0".to_owned()),
            ("told_decidable", "false".to_owned()),
            ("told_expired", "false".to_owned()),
            ("told_habilitation_lost", "false".to_owned()),
        ];
        columns.extend(self.record());
        Self::insert("offers", LONG, &columns)
    }

    fn posts(self) -> String {
        let no = || "false".to_owned();
        let columns = [
            ("offer_id", self.key(Family::Offer, "i")),
            ("measures", text("tig")),
            ("form", text("individual")),
            ("field", text("green_spaces")),
            ("audiences", text("adults")),
            ("slots", text("weekday")),
            ("licence_needed", no()),
            ("vehicle_needed", no()),
            ("particular_risks", no()),
            ("care_establishment", no()),
            ("host_named", no()),
            (
                "registered_for",
                "CASE WHEN i % 20 = 0 THEN '' ELSE 'adults' END".to_owned(),
            ),
            ("refused_for", text("")),
        ];
        Self::insert("offer_tig", LONG, &columns)
    }

    fn holds(self) -> String {
        let mut columns = vec![
            ("id", self.key(Family::Hold, "i")),
            (
                "offer_id",
                self.key(Family::Offer, &format!("1 + i % {LONG}")),
            ),
            (
                "holder_id",
                self.key(Family::Client, &format!("1 + i % {CLIENTS}")),
            ),
            ("places", "1".to_owned()),
            ("hours", "100".to_owned()),
            ("starts_on", self.day("i % 1000")),
            ("case_hash", text(&"0".repeat(64))),
            ("status", mostly(HoldStatus::Completed, "i / 5")),
            ("expires_at", self.instant("i")),
        ];
        columns.extend(self.record());
        Self::insert("holds", LONG, &columns)
    }

    /// No host has two for the same place; those for the whole territory come last.
    fn dossiers(self) -> String {
        let national = format!("i >= {LONG} - {PARTNERS}");
        let departement = self.departement(&format!("i / {PARTNERS}"));
        let garde = HabilitationAuthority::GardeDesSceaux.code();
        let of_place = pick(
            &[HabilitationAuthority::Dspip, HabilitationAuthority::DtPjj],
            "i / 7",
        );
        let draft = HabilitationStatus::Draft.code();
        let status = mostly(HabilitationStatus::Refused, "i / 5");
        let dated = |days: &str| {
            let day = self.day(days);
            format!("CASE WHEN ({status}) <> '{draft}' THEN {day} END")
        };
        let mut columns = vec![
            ("id", self.key(Family::Habilitation, "i")),
            (
                "partner_id",
                self.key(Family::Partner, &format!("1 + i % {PARTNERS}")),
            ),
            (
                "authority",
                format!("CASE WHEN {national} THEN '{garde}' ELSE {of_place} END"),
            ),
            (
                "departement",
                format!("CASE WHEN NOT ({national}) THEN {departement} END"),
            ),
            ("host_kind", mostly(HostKind::Association, "i / 11")),
            ("status", status.clone()),
            ("filed_on", dated("i % 1000")),
            ("valid_until", dated("i % 1300")),
            (
                "decidable_on",
                format!("CASE WHEN i % 50 = 0 THEN {} END", self.day("i % 1100")),
            ),
        ];
        columns.extend(self.record());
        Self::insert("habilitations", LONG, &columns)
    }

    fn proceedings(self) -> String {
        let (grant, withdraw) = (Ruling::Grant.code(), Ruling::Withdraw.code());
        let ruling = format!("CASE i % 200 WHEN 0 THEN '{withdraw}' ELSE '{grant}' END");
        let columns = [
            ("habilitation_id", self.key(Family::Habilitation, "i")),
            ("rank", "0".to_owned()),
            ("stage", text("request")),
            ("opened_on", self.day("i % 1000")),
            ("ruling", ruling),
            ("decided_on", self.day("i % 1000")),
            ("valid_from", self.day("i % 1000")),
            ("valid_until", self.day("i % 1000 + 30")),
        ];
        Self::insert("habilitation_proceedings", LONG, &columns)
    }

    fn opinions(self) -> String {
        let columns = [
            ("habilitation_id", self.key(Family::Habilitation, "i")),
            ("proceeding", "0".to_owned()),
            ("giver", pick(OpinionGiver::all(), "i / 3")),
            ("rank", "0".to_owned()),
            ("requested_on", self.day("i % 1000")),
        ];
        Self::insert("habilitation_opinions", LONG, &columns)
    }

    fn changes(self) -> String {
        let told = [
            (EventType::OfferUpdated, Family::Offer),
            (EventType::HoldCreated, Family::Hold),
            (EventType::HabilitationUpdated, Family::Habilitation),
            (EventType::PartnerUpdated, Family::Partner),
        ];
        let chosen = |value: fn(Self, EventType, Family) -> String| {
            let cases = told.iter().enumerate().map(|(rank, (event, family))| {
                format!("WHEN {rank} THEN {}", value(self, *event, *family))
            });
            format!("CASE i % 4 {} END", cases.collect::<Vec<_>>().join(" "))
        };
        let columns = [
            ("sequence", "i".to_owned()),
            ("type", chosen(|_, event, _| text(event.code()))),
            ("resource", chosen(|_, event, _| text(event.resource()))),
            (
                "resource_id",
                chosen(|words, _, family| words.key(family, "i")),
            ),
            ("version", "1".to_owned()),
            ("at", self.instant("i")),
            ("actor", text("cli")),
        ];
        Self::insert("changes", LONG, &columns)
    }

    fn audit(self) -> String {
        let actor = self.key(Family::Client, &format!("1 + i % {CLIENTS}"));
        let columns = [
            ("sequence", "i".to_owned()),
            (
                "action",
                "CASE i % 300 WHEN 0 THEN 'export' ELSE 'read' END".to_owned(),
            ),
            (
                "resource",
                "CASE i % 100 WHEN 0 THEN 'token' ELSE 'offer' END".to_owned(),
            ),
            ("resource_id", self.key(Family::Offer, "i / 3")),
            ("at", self.instant("i")),
            ("actor", format!("CAST({actor} AS text)")),
        ];
        Self::insert("audit", LONG, &columns)
    }
}
