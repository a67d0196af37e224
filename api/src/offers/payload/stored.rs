//! A card read back from its JSON, for the forms that are made of it.

use domain::{
    kernel::{Code, GeoPrecision},
    offers::OfferKind,
};
use serde::{Deserialize, Deserializer};

use super::{
    card::{EmploymentCard, OfferCard, TigCard, TrainingCard},
    codes::{
        CodedActivity, CodedAudience, CodedContractKind, CodedFixedTermReason, CodedHostKind,
        CodedOfferKind, CodedTigField, CodedTigForm, CodedTigMeasure, CodedTimeSlot,
        CodedWorkRegime,
    },
    facts::OfferFactsOutput,
    record_kinds::{CertificationOutput, OfferEstablishment, PayOutput, SessionOutput},
};
use crate::{
    kernel::stored::{code, exact},
    territories::PositionOutput,
};

impl OfferCard {
    /// The card that was written so.
    pub(crate) fn read(json: &str) -> Result<Self, serde_json::Error> {
        let facts: OfferFactsOutput = serde_json::from_str(json)?;
        let kind = serde_json::from_str::<StoredKind>(json)?.kind;
        Ok(if kind == OfferKind::Tig.into() {
            Self::Tig(serde_json::from_str::<StoredTig>(json)?.with(kind, facts))
        } else if kind == OfferKind::Employment.into() {
            Self::Employment(serde_json::from_str::<StoredEmployment>(json)?.with(kind, facts))
        } else {
            Self::Training(serde_json::from_str::<StoredTraining>(json)?.with(kind, facts))
        })
    }
}

/// Where the offer is, when it is told.
pub(super) fn position_as_written<'de, D: Deserializer<'de>>(
    written: D,
) -> Result<Option<PositionOutput>, D::Error> {
    let StoredPosition {
        lat,
        lon,
        precision,
    } = StoredPosition::deserialize(written)?;
    Ok(Some(PositionOutput {
        lat,
        lon,
        precision: precision.code(),
        source: None,
    }))
}

#[derive(Deserialize)]
struct StoredPosition {
    #[serde(deserialize_with = "exact")]
    lat: f64,
    #[serde(deserialize_with = "exact")]
    lon: f64,
    #[serde(deserialize_with = "code")]
    precision: GeoPrecision,
}

#[derive(Deserialize)]
struct StoredKind {
    kind: CodedOfferKind,
}

/// What a post says beside what every offer says.
#[derive(Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "those of the card that it is read into"
)]
struct StoredTig {
    host_kind: Option<CodedHostKind>,
    measures: Vec<CodedTigMeasure>,
    form: CodedTigForm,
    field: CodedTigField,
    audiences: Vec<CodedAudience>,
    slots: Vec<CodedTimeSlot>,
    step_free: Option<bool>,
    transport_m: Option<u32>,
    licence_needed: bool,
    vehicle_needed: bool,
    particular_risks: bool,
    care_establishment: bool,
    formative_character: Option<String>,
}

/// What a job says beside what every offer says.
#[derive(Deserialize)]
struct StoredEmployment {
    establishment: Option<OfferEstablishment>,
    regime: CodedWorkRegime,
    activity: CodedActivity,
    rome: String,
    pay: PayOutput,
    contract_kind: CodedContractKind,
    fixed_term_reason: Option<CodedFixedTermReason>,
}

/// What a training says beside what every offer says.
#[derive(Deserialize)]
struct StoredTraining {
    establishment: Option<OfferEstablishment>,
    certification: Option<CertificationOutput>,
    activity: Option<CodedActivity>,
    rome: Vec<String>,
    session: Option<SessionOutput>,
}

impl StoredTig {
    fn with(self, kind: CodedOfferKind, facts: OfferFactsOutput) -> TigCard {
        TigCard {
            kind,
            facts,
            host_kind: self.host_kind,
            measures: self.measures,
            form: self.form,
            field: self.field,
            audiences: self.audiences,
            slots: self.slots,
            step_free: self.step_free,
            transport_m: self.transport_m,
            licence_needed: self.licence_needed,
            vehicle_needed: self.vehicle_needed,
            particular_risks: self.particular_risks,
            care_establishment: self.care_establishment,
            formative_character: self.formative_character,
            distance_km: None,
        }
    }
}

impl StoredEmployment {
    fn with(self, kind: CodedOfferKind, facts: OfferFactsOutput) -> EmploymentCard {
        EmploymentCard {
            kind,
            facts,
            establishment: self.establishment,
            regime: self.regime,
            activity: self.activity,
            rome: self.rome,
            pay: self.pay,
            contract_kind: self.contract_kind,
            fixed_term_reason: self.fixed_term_reason,
            distance_km: None,
        }
    }
}

impl StoredTraining {
    fn with(self, kind: CodedOfferKind, facts: OfferFactsOutput) -> TrainingCard {
        TrainingCard {
            kind,
            facts,
            establishment: self.establishment,
            certification: self.certification,
            activity: self.activity,
            rome: self.rome,
            session: self.session,
            distance_km: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every offer says, with a text to be escaped and numbers of many figures.
    const FACTS: &str = r#""id":"019f1af9-b400-7648-ade9-ad6697297590","title":"L'\"atelier\" du\tbois","description":"Été \\ hiver\nà l'ombre \u0001","diffusion":{"code":"public","label":"Tout public"},"commune":{"code":"33063","name":"Bordeaux"},"departement":{"code":"33","name":"Gironde"},"region":{"code":"75","name":"Nouvelle-Aquitaine"},"permanent":true,"places":1,"places_left":0"#;
    const RECORD: &str = r#""demo":true,"version":1,"created_at":"2026-07-01T00:00:00Z","updated_at":"2026-07-01T00:00:00Z","url":"http://127.0.0.1:8080/v1/offers/019f1af9-b400-7648-ade9-ad6697297590""#;
    const PARTNER: &str = r#""partner":{"id":"019f1af9-b400-7e3c-9433-9f4fa15a80dc","name":"Mairie","url":"http://127.0.0.1:8080/v1/partners/019f1af9-b400-7e3c-9433-9f4fa15a80dc"}"#;
    const DATED: &str = r#""direction":{"code":"bordeaux","label":"Direction interrégionale des services pénitentiaires de Bordeaux"},"position":{"lat":51.24817113868414,"lon":-0.5874000000000001,"precision":"commune"},"starts_on":"2026-07-01","ends_on":"2028-06-30","permanent":false,"places":1,"places_left":1,"hours_per_week":17.333333333333332,"published_at":"2026-04-21T21:00:00Z","last_confirmed_at":"2026-04-22T21:00:00.000001Z""#;
    const TIG: &str = r#""measures":[{"code":"tig","label":"Travail d'intérêt général"},{"code":"tnr","label":"Travail non rémunéré"}],"form":{"code":"individual","label":"Individuelle"},"field":{"code":"heritage","label":"Patrimoine"},"audiences":[{"code":"adults","label":"Majeurs"}],"slots":[{"code":"weekday","label":"Journée en semaine"}]"#;
    const NEEDED: &str = r#""licence_needed":false,"vehicle_needed":true,"particular_risks":false,"care_establishment":true"#;
    const PRISON: &str = r#""establishment":{"id":"019f1af9-b400-7eb0-a1f8-9f3c24fbe2b4","slug":"cd-argentan","name":"CD Argentan","url":"http://127.0.0.1:8080/v1/establishments/019f1af9-b400-7eb0-a1f8-9f3c24fbe2b4"}"#;

    fn kind(kind: OfferKind) -> String {
        let label = kind.label();
        format!(r#"{{"kind":{{"code":"{}","label":"{label}"}}"#, kind.code())
    }

    fn is_read_back(json: &str) {
        let card = OfferCard::read(json).unwrap();
        assert_eq!(serde_json::to_string(&card).unwrap(), json);
    }

    #[test]
    fn a_post_is_read_back_as_it_was_written() {
        let kind = kind(OfferKind::Tig);
        is_read_back(&format!("{kind},{FACTS},{RECORD},{TIG},{NEEDED}}}"));
        let facts = FACTS.replace(r#","commune""#, &format!(r#",{PARTNER},"commune""#));
        let facts = facts.replace(r#""permanent":true,"places":1,"places_left":0"#, DATED);
        let told = r#""step_free":false,"transport_m":1850"#;
        let host =
            r#""host_kind":{"code":"public_body","label":"Personne morale de droit public"}"#;
        let formative = r#""formative_character":"Apprendre à souder""#;
        is_read_back(&format!(
            "{kind},{facts},{RECORD},{host},{TIG},{told},{NEEDED},{formative}}}"
        ));
    }

    #[test]
    fn a_job_is_read_back_as_it_was_written() {
        let kind = kind(OfferKind::Employment);
        let job = r#""regime":{"code":"concession","label":"Concession"},"activity":{"code":"packaging","label":"Conditionnement, mise sous pli, co-packing"},"rome":"H3301","pay":{"class":{"code":"production","label":"Production"},"smic_percent":33.333333333333336},"contract_kind":{"code":"fixed_term","label":"Durée déterminée"}"#;
        is_read_back(&format!("{kind},{FACTS},{RECORD},{PRISON},{job}}}"));
        let reason = r#""fixed_term_reason":{"code":"seasonal","label":"Emploi saisonnier"}"#;
        is_read_back(&format!("{kind},{FACTS},{RECORD},{job},{reason}}}"));
    }

    #[test]
    fn a_training_is_read_back_as_it_was_written() {
        let kind = kind(OfferKind::Training);
        is_read_back(&format!(r#"{kind},{FACTS},{RECORD},"rome":[]}}"#));
        let training = r#""certification":{"title":"CAP Menuisier fabricant","code":"RNCP37274"},"rome":["H2206","H2207"],"session":{"starts_on":"2027-01-11","ends_on":"2027-06-25"}"#;
        is_read_back(&format!("{kind},{FACTS},{RECORD},{PRISON},{training}}}"));
    }

    #[test]
    fn what_is_no_card_is_refused() {
        for json in ["", "{}", r#"{"kind":{"code":"tig"}}"#] {
            assert!(OfferCard::read(json).is_err(), "{json}");
        }
    }
}
