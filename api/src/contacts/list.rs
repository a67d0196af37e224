//! `GET /v1/contacts`: who to write to, in order.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use data::Reference;
use domain::{
    contacts::{ContactPurpose, ContactReason},
    establishments::ContactRole,
    territories::DepartementCode,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::choose::{About, contacts};
use crate::{
    catalogue::Catalogue,
    kernel::{
        cache::Read,
        coded::{Bare, Coded},
        negotiate::Format,
        page::Source,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Fault},
        text::Text,
    },
    platform::Platform,
};

/// The contacts that answer for a purpose, the first to write to first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactList {
    /// The contacts, in order.
    #[schema(max_items = 1000)]
    pub items: Vec<ContactOutput>,
    /// How many there are.
    #[schema(minimum = 0, maximum = 1000)]
    pub total: usize,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// A service to write to; never a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactOutput {
    /// The function.
    pub role: CodedContactRole,
    /// Why this contact is listed.
    pub reason: CodedContactReason,
    /// The name of the service.
    #[schema(max_length = 200)]
    pub service_name: String,
    /// The functional mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "email", max_length = 254, nullable = false)]
    pub email: Option<String>,
    /// The telephone of the service, in international form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^\\+[1-9][0-9]{6,14}$", max_length = 16, nullable = false)]
    pub phone: Option<String>,
    /// The establishment it belongs to, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub establishment: Option<NamedEstablishment>,
    /// Whether the contact is fictitious, made for demonstration.
    pub demo: bool,
    /// The public page that gives the address, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri", max_length = 500, nullable = false)]
    pub source: Option<String>,
}

/// An establishment by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedEstablishment {
    /// The id.
    #[schema(format = "uuid", max_length = 36)]
    pub id: String,
    /// The stable name in addresses.
    #[schema(max_length = 80, pattern = "^[a-z][a-z0-9-]*$")]
    pub slug: String,
    /// The official name.
    #[schema(max_length = 200)]
    pub name: String,
}

// A type parameter would be taken for one of the schema's own: the document wants plain names.
type CodedContactRole = Coded<ContactRole>;
type CodedContactReason = Coded<ContactReason>;
type ContactPurposeCode = Bare<ContactPurpose>;

/// The question.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
struct ContactQuestion {
    /// Why one writes.
    #[param(required = true, inline, value_type = ContactPurposeCode, example = "production")]
    purpose: Option<String>,
    /// Id or slug of an establishment; exactly one of `establishment`, `commune`, `departement`.
    #[param(
        required = false,
        min_length = 3,
        max_length = 80,
        pattern = "^[a-z0-9][a-z0-9-]*$",
        example = "cp-bordeaux-gradignan"
    )]
    establishment: Option<String>,
    /// INSEE code of a commune.
    #[param(
        required = false,
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9][0-9AB][0-9]{3}$"
    )]
    commune: Option<String>,
    /// INSEE code of a département.
    #[param(
        required = false,
        min_length = 2,
        max_length = 3,
        pattern = "^([0-9][0-9AB]|9[78][0-9])$"
    )]
    departement: Option<String>,
}

/// Find who to write to
///
/// The services that answer for a purpose, the first to write to first: the establishment's
/// own, then the referent of the territory, then the agency. Only functional addresses that
/// are public are given; a function whose address nobody published is left out.
#[utoipa::path(
    tag = "contacts",
    operation_id = "listContacts",
    params(ContactQuestion, MinRevision),
    responses((status = 200, description = "The contacts, in order", body = ContactList)),
)]
#[get("/v1/contacts")]
pub(super) async fn list_contacts(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let purpose = purpose(&mut params);
    let asked = asked(&mut params, catalogue.reference());
    let min_revision = params.min_revision();
    params.format(&[Format::Json]);
    params.finish()?;
    catalogue.reach(min_revision).await?;
    let day = platform.clock.today();
    let read = Read::list(&req, catalogue.revision().into(), day, Format::Json);
    let (purpose, asked) = purpose.zip(asked).ok_or_else(ApiError::not_found)?;
    let about = about(asked, catalogue)?;
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    let found = contacts(purpose, &about, catalogue.reference());
    let items: Vec<ContactOutput> = found.collect();
    let total = items.len();
    let source = crate::establishments::source();
    Ok(read.ok().json(ContactList {
        items,
        total,
        source,
    }))
}

fn purpose(params: &mut Params) -> Option<ContactPurpose> {
    if !params.has("purpose") {
        let detail = Text::new(
            "a purpose of /v1/code-lists/contact-purposes",
            "un motif de /v1/code-lists/contact-purposes",
        );
        params.refuse("purpose", Fault::Required, detail);
    }
    params.code("purpose")
}

/// Whom the question names.
enum Asked {
    Establishment(String),
    Departement(DepartementCode),
}

/// Exactly one of the three ways to say whom the question is about.
fn asked(params: &mut Params, reference: &Reference) -> Option<Asked> {
    let given = ["establishment", "commune", "departement"].map(|name| params.has(name));
    let establishment = params.text("establishment", 1..=80);
    let departement = departement(params, reference);
    if given.into_iter().filter(|given| *given).count() != 1 {
        let detail = Text::new(
            "exactly one of establishment, commune and departement",
            "exactement un parmi establishment, commune et departement",
        );
        params.refuse("establishment", Fault::Inconsistent, detail);
        return None;
    }
    let establishment = establishment.map(Asked::Establishment);
    establishment.or(departement.map(Asked::Departement))
}

/// What the catalogue holds of it, once it has seen the revision asked for.
fn about(asked: Asked, catalogue: &Catalogue) -> Result<About, ApiError> {
    let (held, territories) = (
        catalogue.establishments(),
        catalogue.reference().territories(),
    );
    match asked {
        Asked::Departement(code) => Ok(About {
            establishments: held.of_departement(&code),
            reason: ContactReason::SameDepartement,
            of_direction: territories
                .departement(&code)
                .map(|found| held.of_direction(found.direction))
                .unwrap_or_default(),
            departement: Some(code),
        }),
        Asked::Establishment(name) => {
            let body = held.find(&name).ok_or_else(unknown_establishment)?;
            let of_direction = held.of_direction(body.establishment.direction);
            Ok(About::establishment(body, of_direction, territories))
        }
    }
}

fn unknown_establishment() -> ApiError {
    let accepted = Text::new(
        "the id or the slug of an establishment",
        "l'identifiant ou le nom court d'un établissement",
    );
    ApiError::parameter("establishment", Fault::NotFound, accepted)
}

/// The département asked, by its code or through a commune of it.
fn departement(params: &mut Params, reference: &Reference) -> Option<DepartementCode> {
    let territories = reference.territories();
    let by_commune = params.commune("commune", territories);
    let by_code = params.departement("departement", territories);
    by_commune
        .map(|commune| commune.departement.clone())
        .or(by_code.map(|departement| departement.code.clone()))
}
