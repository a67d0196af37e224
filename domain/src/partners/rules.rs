//! Rules that span several facts of a partner.

use std::collections::BTreeSet;

use super::{
    HostKind, LegalCategory, LegalLevel, Nature, PartnerFacts, PartnerRole, partner::MAX_CONTACTS,
};
use crate::{
    kernel::{Code, Refusal, RefusalCode},
    territories::CommuneCode,
};

/// Every broken rule, with a pointer into the record.
pub(super) fn check(facts: &PartnerFacts) -> Vec<Refusal> {
    let mut refusals = roles_appear_once(facts);
    refusals.extend(category_goes_with_kind(facts));
    refusals.extend(identifiers_are_there(facts));
    refusals.extend(associations_alone_have_their_registers(facts));
    refusals.extend(a_host_says_as_what(facts));
    refusals.extend(contacts_are_few(facts));
    refusals
}

fn roles_appear_once(facts: &PartnerFacts) -> Vec<Refusal> {
    let mut seen = BTreeSet::new();
    let roles = facts.roles.iter().enumerate();
    let again = roles.filter(|(_, role)| !seen.insert(**role));
    again
        .map(|(i, role)| {
            let detail = format!("{} is there twice", role.code());
            Refusal::new(format!("/roles/{i}"), RefusalCode::Duplicate, detail)
        })
        .collect()
}

fn category_goes_with_kind(facts: &PartnerFacts) -> Option<Refusal> {
    let category = facts.legal_category.as_ref()?;
    let (fits, detail) = match facts.kind.nature() {
        Nature::Public => (
            category.is_public_law(),
            "a partner of this kind has a category of public law: 41xx or 7xxx",
        ),
        Nature::Company => (
            !matches!(
                category.level(),
                LegalLevel::PublicLaw | LegalLevel::PrivateGroup
            ),
            "a company has no category of an administration or of an association: 7xxx or 9xxx",
        ),
        Nature::Association => (
            category.is_association(),
            "an association has a category of associations: 92xx",
        ),
        Nature::Foundation => (
            category.is_foundation(),
            "a foundation has a category of foundations: 93xx",
        ),
        Nature::Any => return None,
    };
    (!fits).then(|| inconsistent("/legal_category", detail))
}

/// Who files is known by a SIRET when it is a company, by a number of its register when it is an
/// association (Code des relations entre le public et l'administration, art. R112-9-1). The
/// collectivities of the Pacific have registers of their own, which give neither.
fn identifiers_are_there(facts: &PartnerFacts) -> Option<Refusal> {
    if has_its_own_registers(&facts.address.commune) || facts.siret.is_some() {
        return None;
    }
    let registered = facts.rna.is_some() || facts.local_register.is_some();
    let detail = match facts.kind.nature() {
        Nature::Company => "a company is known by its SIRET",
        Nature::Association if !registered => {
            "an association is known by its siret, its rna or its local_register"
        }
        _ => return None,
    };
    Some(Refusal::new("/siret", RefusalCode::Required, detail))
}

fn associations_alone_have_their_registers(facts: &PartnerFacts) -> Vec<Refusal> {
    let may = match &facts.legal_category {
        Some(category) => category.level() == LegalLevel::PrivateGroup,
        None => !matches!(facts.kind.nature(), Nature::Public | Nature::Company),
    };
    let given = [
        ("/rna", facts.rna.is_some()),
        ("/local_register", facts.local_register.is_some()),
    ];
    let given = given.into_iter().filter(|(_, given)| *given && !may);
    given
        .map(|(pointer, _)| {
            inconsistent(
                pointer,
                "associations alone are in the registers of associations",
            )
        })
        .collect()
}

fn a_host_says_as_what(facts: &PartnerFacts) -> Vec<Refusal> {
    let hosts = facts.roles.contains(&PartnerRole::TigHost);
    let Some(host) = facts.host_kind else {
        let detail = "a host of community service says as what it hosts";
        let missing = hosts.then(|| Refusal::new("/host_kind", RefusalCode::Required, detail));
        return missing.into_iter().collect();
    };
    let level = facts.legal_category.as_ref().map(LegalCategory::level);
    let caledonian = facts.address.commune.as_str().starts_with("988");
    let rules = [
        (hosts, "a host of community service alone has a host kind"),
        (
            host.fits(facts.kind, facts.legal_category.as_ref()),
            "the host kind goes with the kind and the legal category",
        ),
        (
            level != Some(LegalLevel::Individual),
            "a sole trader does not host community service",
        ),
        (
            host != HostKind::CustomaryInstitution || caledonian,
            "customary institutions are those of New Caledonia",
        ),
        // Code pénitentiaire, art. R777-2.
        (
            !(caledonian && matches!(host, HostKind::EssStatutory | HostKind::EssCompany)),
            "this host kind does not exist in New Caledonia",
        ),
    ];
    let broken = rules.into_iter().filter(|(holds, _)| !holds);
    broken
        .map(|(_, detail)| inconsistent("/host_kind", detail))
        .collect()
}

fn contacts_are_few(facts: &PartnerFacts) -> Option<Refusal> {
    (facts.contacts.len() > MAX_CONTACTS).then(|| {
        let detail = format!("a partner has at most {MAX_CONTACTS} contacts");
        Refusal::new("/contacts", RefusalCode::Length, detail)
    })
}

/// Wallis-et-Futuna, French Polynesia, New Caledonia.
fn has_its_own_registers(commune: &CommuneCode) -> bool {
    let code = commune.as_str();
    ["986", "987", "988"]
        .into_iter()
        .any(|collectivity| code.starts_with(collectivity))
}

fn inconsistent(pointer: &str, detail: &str) -> Refusal {
    Refusal::new(pointer, RefusalCode::Inconsistent, detail)
}

#[cfg(test)]
mod tests;
