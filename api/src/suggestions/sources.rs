//! What each kind suggests.

use std::sync::Arc;

use chrono::NaiveDate;
use data::{Reference, Territories};
use domain::{
    activities::ActivityDetails,
    establishments::EstablishmentStatus,
    kernel::Code,
    suggestions::SuggestionKind,
    territories::{Commune, CommuneCode},
};
use search::{Closeness, Completion};

use super::{
    fixed::{Fixed, fixed},
    payload::Suggestion,
};
use crate::{
    catalogue::{Catalogue, resource::Resource},
    establishments::Establishments,
    kernel::problem::ApiError,
    offers::Offers,
    partners::Partners,
};

/// What was typed, and of what it is completed.
pub(super) struct Asked<'a> {
    /// What was typed.
    pub(super) typed: &'a str,
    /// The most suggestions of a kind.
    pub(super) limit: usize,
    /// The day on which offers are shown.
    pub(super) today: NaiveDate,
    /// What is held in memory.
    pub(super) catalogue: &'a Catalogue,
    /// What addresses begin with.
    pub(super) base: &'a str,
}

impl Asked<'_> {
    /// The suggestions of a kind, the best first.
    pub(super) fn of(
        &self,
        kind: SuggestionKind,
    ) -> Result<Vec<(Closeness, Suggestion)>, ApiError> {
        match kind {
            SuggestionKind::Commune => Ok(self.communes()),
            SuggestionKind::Activity => Ok(self.activities()),
            SuggestionKind::Establishment => self.establishments(),
            SuggestionKind::Partner => self.partners(),
            SuggestionKind::Offer => self.offers(),
        }
    }

    fn communes(&self) -> Vec<(Closeness, Suggestion)> {
        let found = self.fixed().communes.find(self.typed, self.limit);
        let suggestion = |(closeness, commune): (Closeness, &&Commune)| {
            let departement = self.territories().departement(&commune.departement);
            let context = departement.map(|it| format!("{} ({})", it.name, it.code));
            let suggestion = Suggestion {
                kind: SuggestionKind::Commune.into(),
                id: commune.code.to_string(),
                label: commune.name.clone(),
                context,
                url: format!("{}/v1/territories/communes/{}", self.base, commune.code),
                search_url: Some(format!("{}/v1/offers?commune={}", self.base, commune.code)),
            };
            (closeness, suggestion)
        };
        found.into_iter().map(suggestion).collect()
    }

    fn activities(&self) -> Vec<(Closeness, Suggestion)> {
        let found = self.fixed().activities.find(self.typed, self.limit);
        let suggestion = |(closeness, details): (Closeness, &&ActivityDetails)| {
            let code = details.activity.code();
            let suggestion = Suggestion {
                kind: SuggestionKind::Activity.into(),
                id: code.to_owned(),
                label: details.activity.label().to_owned(),
                context: Some(details.family.label().to_owned()),
                url: format!("{}/v1/activities/{code}", self.base),
                search_url: Some(format!(
                    "{}/v1/establishments?any_activity={code}",
                    self.base
                )),
            };
            (closeness, suggestion)
        };
        found.into_iter().map(suggestion).collect()
    }

    fn establishments(&self) -> Result<Vec<(Closeness, Suggestion)>, ApiError> {
        let collection = self.catalogue.establishments();
        let open = EstablishmentStatus::Open;
        let found = collection.complete(self.typed, self.limit, |body| {
            body.establishment.status == open
        });
        self.held::<Establishments>(SuggestionKind::Establishment, found, |body| {
            let establishment = &body.establishment;
            let commune = &establishment.address.commune;
            Ok((establishment.name.to_string(), self.town(commune)))
        })
    }

    fn partners(&self) -> Result<Vec<(Closeness, Suggestion)>, ApiError> {
        let found = self
            .catalogue
            .partners()
            .complete(self.typed, self.limit, |_| true);
        self.held::<Partners>(SuggestionKind::Partner, found, |body| {
            let commune = body.card.address.commune.code.parse::<CommuneCode>().ok();
            let town = commune.and_then(|commune| self.town(&commune));
            Ok((body.card.facts.name.clone(), town))
        })
    }

    fn offers(&self) -> Result<Vec<(Closeness, Suggestion)>, ApiError> {
        let found = self
            .catalogue
            .offers()
            .complete(self.typed, self.limit, |body| {
                body.is_shown_to_all(self.today)
            });
        self.held::<Offers>(SuggestionKind::Offer, found, |body| {
            Ok((body.title()?, body.commune.map(told)))
        })
    }

    /// Suggestions of documents, of each its label and its context.
    fn held<R: Resource>(
        &self,
        kind: SuggestionKind,
        found: Vec<Completion<Arc<R::Body>>>,
        told: impl Fn(&R::Body) -> Result<(String, Option<String>), ApiError>,
    ) -> Result<Vec<(Closeness, Suggestion)>, ApiError> {
        let suggestion = |one: Completion<Arc<R::Body>>| {
            let (label, context) = told(&one.body)?;
            let suggestion = Suggestion {
                kind: kind.into(),
                id: one.id.to_string(),
                label,
                context,
                url: R::url(&one.body, self.base),
                search_url: None,
            };
            Ok((one.closeness, suggestion))
        };
        found.into_iter().map(suggestion).collect()
    }

    /// A commune with its département.
    fn town(&self, code: &CommuneCode) -> Option<String> {
        self.territories().commune(code).map(told)
    }

    fn fixed(&self) -> &'static Fixed {
        fixed(self.reference())
    }

    fn territories(&self) -> &'static Territories {
        self.reference().territories()
    }

    fn reference(&self) -> &'static Reference {
        self.catalogue.reference()
    }
}

/// A commune with its département, as it is told beside a label.
fn told(commune: &Commune) -> String {
    format!("{} ({})", commune.name, commune.departement)
}
