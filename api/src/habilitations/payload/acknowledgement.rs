//! The acknowledgement of receipt, and the service that is in charge of a dossier.

use data::Reference;
use domain::{
    contacts::ContactPurpose,
    establishments::ContactRole,
    habilitations::{
        Acknowledgement, Habilitation, HabilitationAuthority, Jurisdiction, Service, Silence,
        SilenceEffect,
    },
    kernel::{Code, Mailbox, TextError},
    territories::DepartementCode,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::output::IncompletenessOutput;
use crate::{
    kernel::{dates::date, problem::ApiError},
    territories::place_of_departement,
};

/// That a request was received (Code des relations entre le public et l'administration, art.
/// R112-5).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HabilitationAcknowledgement)]
pub struct AcknowledgementOutput {
    /// The dossier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub habilitation: String,
    /// What was asked: a first habilitation, or a new period.
    #[schema(max_length = 10, pattern = "^(grant|renewal)$", example = "grant")]
    pub request: &'static str,
    /// The day the request was received.
    #[schema(format = Date, max_length = 10, example = "2026-01-15")]
    pub received_on: String,
    /// The day it was completed; absent while something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-02-02")]
    pub completed_on: Option<String>,
    /// What is missing, and until when it is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub missing: Option<IncompletenessOutput>,
    /// The service in charge.
    pub service: ServiceOutput,
    /// What silence means and from when; absent where the law that settles it is not known here.
    /// Nothing is ever decided by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub silence: Option<SilenceOutput>,
    /// Where the dossier is read.
    #[schema(format = "uri", max_length = 400)]
    pub url: String,
}

/// The service in charge of a dossier; what no public page gives of it is absent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServiceInCharge)]
pub struct ServiceOutput {
    /// Its name.
    #[schema(
        max_length = 200,
        example = "Service pénitentiaire d'insertion et de probation de la Gironde"
    )]
    pub name: String,
    /// Its postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300)]
    pub address: Option<String>,
    /// Its mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "email", max_length = 254)]
    pub email: Option<String>,
    /// Its telephone, in international form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 16, pattern = r"^\+[1-9][0-9]{6,14}$")]
    pub phone: Option<String>,
}

/// What comes of a request that is not answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Silence)]
pub struct SilenceOutput {
    /// The decision that silence stands for.
    #[schema(
        max_length = 20,
        pattern = "^(acceptance|refusal)$",
        example = "refusal"
    )]
    pub effect: &'static str,
    /// The day from which it does; absent while the request is incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub on: Option<String>,
    /// Whether an attestation of the acceptance may be asked for.
    pub attested: bool,
    /// How and until when a refusal is contested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub appeal: Option<String>,
    /// The article.
    #[schema(max_length = 200)]
    pub article: String,
}

impl AcknowledgementOutput {
    /// The acknowledgement of a dossier's request; `base` is the public address of the API.
    pub(crate) fn new(dossier: &Habilitation, received: &Acknowledgement, base: &str) -> Self {
        let Acknowledgement {
            stage,
            received_on,
            completed_on,
            missing,
            service,
            silence,
        } = received;
        Self {
            habilitation: dossier.id.to_string(),
            request: stage.code(),
            received_on: date(*received_on),
            completed_on: completed_on.map(date),
            missing: missing.as_ref().map(Into::into),
            service: service.into(),
            silence: silence.as_ref().map(Into::into),
            url: format!("{base}/v1/habilitations/{}", dossier.id),
        }
    }
}

impl From<&Service> for ServiceOutput {
    fn from(service: &Service) -> Self {
        let Service {
            name,
            address,
            email,
            phone,
        } = service;
        Self {
            name: name.to_string(),
            address: address.as_ref().map(ToString::to_string),
            email: email.as_ref().map(ToString::to_string),
            phone: phone.as_ref().map(ToString::to_string),
        }
    }
}

impl From<&Silence> for SilenceOutput {
    fn from(silence: &Silence) -> Self {
        let Silence {
            effect,
            on,
            appeal,
            article,
        } = silence;
        Self {
            effect: match effect {
                SilenceEffect::Acceptance => "acceptance",
                SilenceEffect::Refusal => "refusal",
            },
            on: on.map(date),
            attested: silence.is_attested(),
            appeal: appeal.as_ref().map(ToString::to_string),
            article: article.clone(),
        }
    }
}

/// The service in charge of a dossier, by the public tables; the name of its authority stands for
/// one that they do not give.
pub(crate) fn service_of(
    jurisdiction: &Jurisdiction,
    reference: &Reference,
) -> Result<Service, ApiError> {
    let authority = jurisdiction.authority();
    let (name, email) = match (authority, jurisdiction.departement()) {
        (HabilitationAuthority::Dspip, Some(code)) => (
            probation_service(code, reference),
            referent(code, reference),
        ),
        (HabilitationAuthority::DtPjj, Some(code)) => {
            let place = place_of_departement(reference.territories(), code).name;
            let of = "Direction territoriale de la protection judiciaire de la jeunesse";
            (Some(format!("{of} ({place})")), None)
        }
        _ => (None, None),
    };
    let name = name.unwrap_or_else(|| authority.label().to_owned());
    Ok(Service {
        name: name
            .parse()
            .map_err(|error: TextError| ApiError::internal(&error))?,
        address: None,
        email,
        phone: None,
    })
}

fn probation_service(departement: &DepartementCode, reference: &Reference) -> Option<String> {
    let services = reference.justice().probation_services().iter();
    let mut serving = services.filter(|it| it.departements.contains(departement));
    serving.next().map(|it| it.label.clone())
}

/// The mailbox of the référent of a département, as the public page writes it: with two digits.
fn referent(departement: &DepartementCode, reference: &Reference) -> Option<Mailbox> {
    let digits = departement.as_str().bytes().all(|b| b.is_ascii_digit());
    if departement.as_str().len() != 2 || !digits {
        return None;
    }
    let contacts = reference.contacts().iter();
    let mut referents = contacts
        .filter(|it| it.role == ContactRole::TigReferent && it.purpose == ContactPurpose::Tig);
    referents.find_map(|it| it.mailbox(Some(departement)))
}
