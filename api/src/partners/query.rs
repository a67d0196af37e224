//! The filters that partners alone have.

use std::str::FromStr;

use data::Reference;
use domain::partners::{LegalCategory, LegalLevel, PartnerKind, PartnerRole, Rna, Siren, Siret};
use search::{Clause, FacetId, Filter};

use super::fields::Fields;
use crate::{
    catalogue::{codes, filters::any_of},
    kernel::{params::Params, problem::Fault, text::Text},
};

/// Reads them; what is wrong is remembered by `params`.
pub(super) fn filter(params: &mut Params, reference: &Reference, fields: &Fields) -> Filter {
    let lists = [
        (fields.kind, codes(&params.codes::<PartnerKind>("kind"))),
        (fields.role, codes(&params.codes::<PartnerRole>("role"))),
        (fields.legal_category, categories(params, reference)),
        (
            fields.legal_level,
            codes(&params.codes::<LegalLevel>("legal_level")),
        ),
    ];
    let mut clauses: Vec<Clause> = lists
        .into_iter()
        .filter_map(|(field, codes)| any_of(field, codes))
        .collect();
    let numbers = [
        exact::<Siret>(
            params,
            "siret",
            fields.siret,
            "fourteen digits, the last a check digit",
            "quatorze chiffres, dont le dernier est une clé",
        ),
        exact::<Siren>(
            params,
            "siren",
            fields.siren,
            "nine digits, the last a check digit",
            "neuf chiffres, dont le dernier est une clé",
        ),
        exact::<Rna>(
            params,
            "rna",
            fields.rna,
            "W and nine characters, as W123456789",
            "W et neuf caractères, comme W123456789",
        ),
    ];
    clauses.extend(numbers.into_iter().flatten());
    Filter {
        clauses,
        parts: Vec::new(),
    }
}

fn categories(params: &mut Params, reference: &Reference) -> Vec<String> {
    let accepted = Text::new(
        "codes of /v1/code-lists/legal-categories, separated by commas",
        "des codes de /v1/code-lists/legal-categories, séparés par des virgules",
    );
    let known = |code: &str| {
        let category: LegalCategory = code.parse().ok()?;
        let details = reference.legal_categories().details(&category);
        details.map(|details| details.category.to_string())
    };
    params.each("legal_category", Fault::Code, || accepted, known)
}

/// The one that has this number.
fn exact<N: FromStr + ToString>(
    params: &mut Params,
    name: &'static str,
    field: FacetId,
    english: &'static str,
    french: &'static str,
) -> Option<Clause> {
    let number: N = params.parsed(
        name,
        Fault::Format,
        || Text::new(english, french),
        |text| text.parse().ok(),
    )?;
    Some(Clause::AnyOf(field, vec![number.to_string()]))
}
