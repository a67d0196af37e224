//! What the document says of an offer as its author writes it; the readers are in `input`, and
//! refuse every field that is not told here.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Discriminator, Ref, RefOr,
        schema::{AnyOfBuilder, OneOfBuilder, Schema},
    },
};

use super::codes::{
    ActivityCode, AudienceCode, ContractKindCode, DiffusionCode, FixedTermReasonCode,
    GeoPrecisionCode, PayClassCode, TigFieldCode, TigFormCode, TigMeasureCode, TimeSlotCode,
    WorkRegimeCode,
};
use crate::{
    kernel::patterns::{CommuneText, IdOrSlugText, PostcodeText, RegionText},
    partners::payload::PartnerContactInput,
};

/// Declares an offer of a kind as it is written: what says whose it is, then the fields of its
/// own, then those of every offer.
macro_rules! offer_body {
    ($(#[$meta:meta])* $name:ident, $required:tt, [$($keeping:tt)*], [$($own:tt)*]) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($keeping)*
            /// Its title.
            #[schema(value_type = String, required = $required, min_length = 1, max_length = 200,
                example = "Entretien des espaces verts")]
            pub title: (),
            /// What is done, and how; no person is named.
            #[schema(value_type = String, required = $required, min_length = 1, max_length = 4000,
                example = "Tonte, taille et désherbage des parcs de la commune.")]
            pub description: (),
            /// INSEE code of the commune; it is enough to say where.
            #[schema(value_type = CommuneText, required = $required)]
            pub commune: (),
            /// Where exactly, within 30 km of the centre of the commune, 100 in Guyane.
            #[schema(value_type = Option<OfferPosition>, required = false)]
            pub position: (),
            /// Number and street.
            #[schema(value_type = Option<String>, required = false, min_length = 1,
                max_length = 200, example = "1 rue de l'Essai")]
            pub street: (),
            /// Postcode.
            #[schema(value_type = Option<PostcodeText>, required = false)]
            pub postcode: (),
            /// Who may know of it.
            #[schema(value_type = DiffusionCode, required = $required)]
            pub diffusion: (),
            /// Its first day; absent, it holds from the start.
            #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
                example = "2026-12-01")]
            pub starts_on: (),
            /// Its last day; either this or `permanent`.
            #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
                example = "2027-11-30")]
            pub ends_on: (),
            /// Whether it never ends by itself.
            #[schema(value_type = Option<bool>, required = false)]
            pub permanent: (),
            /// How many people it can take at once.
            #[schema(value_type = u32, required = $required, minimum = 1, maximum = 10_000,
                example = 2)]
            pub places: (),
            /// Hours a week; a post and a job tell them.
            #[schema(value_type = Option<f64>, required = false, minimum = 0, maximum = 168,
                example = 20.0)]
            pub hours_per_week: (),
            /// Whether it is to be filed; otherwise a new offer is a draft.
            #[schema(value_type = Option<bool>, required = false)]
            pub submit: (),
            $($own)*
        }
    };
}

/// The three kinds of a body: of a new offer, of one by its reference, of a line, of a patch.
macro_rules! offer_bodies {
    ($(#[$meta:meta])* $body:ident: $tig:ident, $employment:ident, $training:ident, $required:tt,
     $keeping:tt, $union:ident) => {
        offer_body! {
            /// A post of community service.
            $tig, $required, $keeping, [
            /// Always `tig`.
            #[schema(value_type = String, required = $required, max_length = 3, pattern = "^tig$",
                example = "tig")]
            pub kind: (),
            /// The measures it takes in.
            #[schema(value_type = Vec<TigMeasureCode>, required = $required, min_items = 1, max_items = 2)]
            pub measures: (),
            /// The form of the work.
            #[schema(value_type = TigFormCode, required = $required)]
            pub form: (),
            /// The field of the work.
            #[schema(value_type = TigFieldCode, required = $required)]
            pub field: (),
            /// For whom it is.
            #[schema(value_type = Vec<AudienceCode>, required = $required, min_items = 1, max_items = 2)]
            pub audiences: (),
            /// When it is done.
            #[schema(value_type = Vec<TimeSlotCode>, required = $required, min_items = 1, max_items = 5)]
            pub slots: (),
            /// Whether it is accessible with reduced mobility.
            #[schema(value_type = Option<bool>, required = false)]
            pub step_free: (),
            /// Metres to public transport.
            #[schema(value_type = Option<u32>, required = false, minimum = 0, maximum = 50_000)]
            pub transport_m: (),
            /// Whether a driving licence is needed.
            #[schema(value_type = bool, required = $required)]
            pub licence_needed: (),
            /// Whether a vehicle of one's own is needed.
            #[schema(value_type = bool, required = $required)]
            pub vehicle_needed: (),
            /// Whether it has particular risks (Code du travail, art. R4624-23).
            #[schema(value_type = bool, required = $required)]
            pub particular_risks: (),
            /// Whether it is done where people are cared for (Code de la santé publique, art. L3111-4).
            #[schema(value_type = bool, required = $required)]
            pub care_establishment: (),
            /// How it forms minors or helps them to find their place: needed where they are taken in.
            #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 2000)]
            pub formative_character: (),
            /// Whether a private host agrees to be named to everybody; a public body always is.
            #[schema(value_type = bool, required = $required)]
            pub host_named: (),
            /// Whom to write to at the host: the function that supervises the work, never a person.
            #[schema(value_type = Option<PartnerContactInput>, required = false)]
            pub supervisor: (),
            /// Offences for which it is not offered: of acts, never of persons.
            #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 2000)]
            pub exclusions: (),
            ]
        }
        offer_body! {
            /// A job in detention.
            $employment, $required, $keeping, [
            /// Always `employment`.
            #[schema(value_type = String, required = $required, max_length = 10,
                pattern = "^employment$", example = "employment")]
            pub kind: (),
            /// The establishment where it is done: its id, or its slug.
            #[schema(value_type = IdOrSlugText, required = $required)]
            pub establishment: (),
            /// The regime of the work.
            #[schema(value_type = WorkRegimeCode, required = $required)]
            pub regime: (),
            /// The activity.
            #[schema(value_type = ActivityCode, required = $required)]
            pub activity: (),
            /// The occupation (ROME).
            #[schema(value_type = String, required = $required, min_length = 5, max_length = 5,
                pattern = "^[A-Z][0-9]{4}$", example = "H3301")]
            pub rome: (),
            /// Its pay.
            #[schema(value_type = OfferPayInput, required = $required)]
            pub pay: (),
            /// How long the contract lasts.
            #[schema(value_type = ContractKindCode, required = $required)]
            pub contract_kind: (),
            /// Why it has a fixed term, when it has one.
            #[schema(value_type = Option<FixedTermReasonCode>, required = false)]
            pub fixed_term_reason: (),
            ]
        }
        offer_body! {
            /// A training.
            $training, $required, $keeping, [
            /// Always `training`.
            #[schema(value_type = String, required = $required, max_length = 8,
                pattern = "^training$", example = "training")]
            pub kind: (),
            /// The establishment where it takes place, when it takes place in one.
            #[schema(value_type = Option<IdOrSlugText>, required = false)]
            pub establishment: (),
            /// INSEE code of the region in charge of it.
            #[schema(value_type = RegionText, required = $required)]
            pub region: (),
            /// What it leads to, where it leads to a certification.
            #[schema(value_type = Option<OfferCertificationInput>, required = false)]
            pub certification: (),
            /// The activity that it prepares for, where one fits.
            #[schema(value_type = Option<ActivityCode>, required = false)]
            pub activity: (),
            /// The occupations that it prepares for (ROME), each once.
            #[schema(value_type = Vec<String>, required = $required, max_items = 20,
                example = json!(["H2206"]))]
            pub rome: (),
            /// When it takes place, where that is set.
            #[schema(value_type = Option<OfferSessionInput>, required = false)]
            pub session: (),
            ]
        }

        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $body;

        impl PartialSchema for $body {
            fn schema() -> RefOr<Schema> {
                let kinds = [
                    ("tig", $tig::name()),
                    ("employment", $employment::name()),
                    ("training", $training::name()),
                ];
                $union(&kinds)
            }
        }

        impl ToSchema for $body {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($body))
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                schemas.push(($tig::name().into_owned(), $tig::schema()));
                $tig::schemas(schemas);
                schemas.push(($employment::name().into_owned(), $employment::schema()));
                $employment::schemas(schemas);
                schemas.push(($training::name().into_owned(), $training::schema()));
                $training::schemas(schemas);
            }
        }
    };
}

/// One of the three, told apart by `kind`.
fn one_of(kinds: &[(&str, Cow<'static, str>); 3]) -> RefOr<Schema> {
    let mut schema = OneOfBuilder::new().description(Some("An offer: `kind` says which."));
    for (_, name) in kinds {
        schema = schema.item(Ref::from_schema_name(name.clone()));
    }
    let mapping = kinds
        .iter()
        .map(|(kind, name)| (*kind, format!("#/components/schemas/{name}")));
    let discriminator = Discriminator::with_mapping("kind", mapping);
    schema.discriminator(Some(discriminator)).into()
}

/// What changes of one of the three: the offer has its kind already, and the patch need not say it.
fn any_of(kinds: &[(&str, Cow<'static, str>); 3]) -> RefOr<Schema> {
    let schema = AnyOfBuilder::new()
        .description(Some(
            "A merge patch of what an offer says, by the fields of its kind, which it keeps: what \
             is absent stays, `null` removes what is optional.",
        ))
        .examples([json!({"title": "Entretien du parc", "places": 3})]);
    let add = |schema: AnyOfBuilder, name: &Cow<'static, str>| {
        schema.item(Ref::from_schema_name(name.clone()))
    };
    let names = kinds.iter().map(|(_, name)| name);
    names.fold(schema, add).into()
}

offer_bodies! {
    /// A new offer.
    OfferInput: TigInput, EmploymentInput, TrainingInput, true, [
        /// The partner whose it is: your own organisation when you act for one.
        #[schema(value_type = Option<String>, required = false, format = "uuid", min_length = 36,
            max_length = 36)]
        pub partner: (),
        /// The partner's own name for it.
        #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 100,
            pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$", example = "TIG-2026-0042")]
        pub reference: (),
    ], one_of
}

offer_bodies! {
    /// An offer by its reference.
    OfferByReferenceInput: TigByReference, EmploymentByReference, TrainingByReference, true, [], one_of
}

offer_bodies! {
    /// A merge patch of what an offer says, by the fields of its kind, which it keeps.
    OfferPatch: TigPatch, EmploymentPatch, TrainingPatch, false, [], any_of
}

/// A point.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferPosition {
    /// Latitude, in decimal degrees.
    #[schema(value_type = f64, minimum = -90, maximum = 90, example = 44.8572)]
    pub lat: (),
    /// Longitude, in decimal degrees.
    #[schema(value_type = f64, minimum = -180, maximum = 180, example = -0.5736)]
    pub lon: (),
    /// What the point is; an address, unless it is said.
    #[schema(value_type = Option<GeoPrecisionCode>, required = false)]
    pub precision: (),
}

/// What a job pays.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferPayInput {
    /// The class of the job.
    #[schema(value_type = PayClassCode)]
    pub class: (),
    /// The share of the minimum wage, in percent.
    #[schema(value_type = f64, minimum = 0, maximum = 1000, example = 45.0)]
    pub smic_percent: (),
}

/// A certification.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferCertificationInput {
    /// Its title.
    #[schema(value_type = String, min_length = 1, max_length = 200,
        example = "CAP Menuisier fabricant")]
    pub title: (),
    /// Its number in the national registers, where it has one.
    #[schema(value_type = Option<String>, required = false, max_length = 10,
        pattern = "^(RNCP|RS)[0-9]{1,6}$", example = "RNCP37274")]
    pub code: (),
}

/// When a training takes place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferSessionInput {
    /// Its first day.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2027-01-11")]
    pub starts_on: (),
    /// Its last day.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2027-06-25")]
    pub ends_on: (),
}
