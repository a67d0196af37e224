//! The first contact of each of several establishments, for an answer that names many.

use std::{collections::BTreeMap, sync::Arc};

use domain::{contacts::ContactPurpose, kernel::Code, territories::Direction};

use super::{
    choose::{About, contacts},
    list::ContactOutput,
};
use crate::{catalogue::Catalogue, establishments::EstablishmentBody};

/// Whom to write to first, establishment by establishment.
pub(crate) struct FirstContacts<'c> {
    catalogue: &'c Catalogue,
    purpose: ContactPurpose,
    /// The establishments of each directorate, looked up once.
    of_direction: BTreeMap<Direction, Vec<Arc<EstablishmentBody>>>,
}

impl<'c> FirstContacts<'c> {
    /// For this purpose.
    pub(crate) const fn new(catalogue: &'c Catalogue, purpose: ContactPurpose) -> Self {
        Self {
            catalogue,
            purpose,
            of_direction: BTreeMap::new(),
        }
    }

    /// The first of `GET /v1/contacts`, if there is any.
    pub(crate) fn of(&mut self, body: &Arc<EstablishmentBody>) -> Option<ContactOutput> {
        let reference = self.catalogue.reference();
        let direction = body.establishment.direction;
        let held = self.catalogue.establishments();
        let of_direction = self.of_direction.entry(direction);
        let of_direction = of_direction.or_insert_with(|| held.of_direction(direction));
        let territories = reference.territories();
        let about = About::establishment(body.clone(), of_direction.clone(), territories);
        contacts(self.purpose, &about, reference).next()
    }

    /// Where the others are, in order.
    pub(crate) fn address(&self, body: &EstablishmentBody) -> String {
        let (base, purpose) = (self.catalogue.establishments().base(), self.purpose.code());
        let slug = &body.establishment.slug;
        format!("{base}/v1/contacts?purpose={purpose}&establishment={slug}")
    }
}
