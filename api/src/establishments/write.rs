//! An establishment as clients write it.

use data::Reference;
use domain::{
    clients::Perimeter,
    establishments::{Establishment, Slug},
    kernel::{Refusal, RefusalCode},
};
use persistence::{Conn, establishments, establishments::SaveRefusal};

use super::{get::EstablishmentRead, payload::EstablishmentSheet};
use crate::kernel::{
    problem::ApiError,
    write::{Write, Written},
};

impl Written for Establishment {
    fn find(conn: &mut Conn, address: &str) -> Result<Self, ApiError> {
        let found = match (address.parse(), address.parse::<Slug>()) {
            (Ok(id), _) => establishments::find(conn, id)?,
            (_, Ok(slug)) => establishments::find_by_slug(conn, &slug)?,
            _ => None,
        };
        found.ok_or_else(ApiError::not_found)
    }

    fn is_within(&self, perimeter: &Perimeter, _: &Reference) -> bool {
        perimeter.holds_establishment(self.id, self.direction)
    }

    fn save(&self, conn: &mut Conn, write: &Write) -> Result<Self, ApiError> {
        establishments::save(conn, self, write.clock.now(), &write.actor)?;
        let kept = establishments::find(conn, self.id)?;
        kept.ok_or_else(|| ApiError::internal(&"an establishment that was saved is not kept"))
    }

    fn path(&self) -> String {
        format!("/v1/establishments/{}", self.id)
    }

    fn version(&self) -> i64 {
        self.record.version
    }

    fn body(&self, write: &Write) -> Result<String, ApiError> {
        let sheet = EstablishmentSheet::new(self, write.reference);
        let sheet = serde_json::to_string(&sheet).map_err(|error| ApiError::internal(&error))?;
        EstablishmentRead::body(&sheet)
    }
}

impl From<SaveRefusal> for ApiError {
    fn from(refusal: SaveRefusal) -> Self {
        match refusal {
            SaveRefusal::SlugTaken(slug) => Self::validation(vec![Refusal::new(
                "/slug",
                RefusalCode::Duplicate,
                format!("another establishment has the slug {slug}"),
            )]),
            SaveRefusal::PartElsewhere { .. } => Self::internal(&refusal),
        }
    }
}
