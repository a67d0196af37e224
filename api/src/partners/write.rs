//! A partner as clients write it.

use data::Reference;
use domain::{clients::Perimeter, clients::Scope, partners::Partner};
use persistence::{
    Conn, RepoError,
    partners::{self, DeleteRefusal, PartnerRefusal},
};
use serde_json::json;

use super::{
    document::direction_of,
    payload::{PartnerCard, PartnerRecord},
    source,
};
use crate::{
    catalogue::{
        forms::{to_json, with_source},
        resource::Gone,
    },
    kernel::{
        problem::{ApiError, Kind},
        text::Text,
        write::{Removable, Write, Written},
    },
};

impl Written for Partner {
    fn find(conn: &mut Conn, address: &str) -> Result<Self, ApiError> {
        let id = address
            .parse()
            .map_err(|_malformed| ApiError::not_found())?;
        if let Some(found) = partners::find(conn, id)? {
            return Ok(found);
        }
        let deleted = partners::find_deleted(conn, id)?;
        Err(deleted.map_or_else(ApiError::not_found, |left| Gone::from(left).told()))
    }

    fn is_within(&self, perimeter: &Perimeter, reference: &Reference) -> bool {
        is_within(self, perimeter, reference)
    }

    fn save(&self, conn: &mut Conn, write: &Write) -> Result<Self, ApiError> {
        let saved = partners::save(conn, self, write.clock.now(), &write.actor);
        saved.map_err(|error| match error {
            RepoError::Refused(refusal) => taken(&refusal, write),
            RepoError::Db(error) => error.into(),
        })?;
        let kept = partners::find(conn, self.id)?;
        kept.ok_or_else(|| ApiError::internal(&"a partner that was saved is not kept"))
    }

    fn path(&self) -> String {
        format!("/v1/partners/{}", self.id)
    }

    fn version(&self) -> i64 {
        self.record.version
    }

    /// Who may read the record is answered with it, who may not with the card.
    fn body(&self, write: &Write) -> Result<String, ApiError> {
        let (reference, base) = (write.reference, write.base.as_str());
        let told = if write.may(Scope::PartnersReadRestricted) {
            to_json(&PartnerRecord::new(self, reference, base))?
        } else {
            to_json(&PartnerCard::new(self, reference, base))?
        };
        with_source(&told, &source())
    }
}

impl Removable for Partner {
    fn remove(&self, conn: &mut Conn, write: &Write) -> Result<(), ApiError> {
        partners::delete(conn, self.id, write.clock.now(), &write.actor)?;
        Ok(())
    }
}

/// Whether a client of this perimeter writes this partner, and may read its record.
pub(super) fn is_within(partner: &Partner, perimeter: &Perimeter, reference: &Reference) -> bool {
    let commune = &partner.address.commune;
    let direction = direction_of(commune, reference);
    perimeter.holds_partner(partner.id, &commune.departement(), direction)
}

/// The number is another's, who is named.
fn taken(refusal: &PartnerRefusal, write: &Write) -> ApiError {
    let PartnerRefusal::SiretTaken { siret, by } = refusal;
    let detail = Text::made(
        format!("The partner {by} has the SIRET {siret}."),
        format!("Le partenaire {by} a le SIRET {siret}."),
    );
    let url = format!("{}/v1/partners/{by}", write.base);
    ApiError::new(Kind::SiretTaken)
        .detail(detail)
        .with("partner", json!({"id": by.to_string(), "url": url}))
}

impl From<DeleteRefusal> for ApiError {
    fn from(refusal: DeleteRefusal) -> Self {
        let DeleteRefusal::InUse(_) = refusal;
        let detail = Text::new(
            "A client acts for this partner, or it has a dossier of habilitation, an offer or a synchronisation.",
            "Un client agit pour ce partenaire, ou il a un dossier d'habilitation, une offre ou une synchronisation.",
        );
        Self::new(Kind::InUse).detail(detail)
    }
}
