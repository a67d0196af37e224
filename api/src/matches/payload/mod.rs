//! The wire shapes of matches: what is asked, criterion by criterion, and what is found.

mod codes;
mod criteria;
mod establishments;
mod offers;
mod outcome;

pub(crate) use establishments::{
    EstablishmentMatchOutput, EstablishmentMatches, EstablishmentQuestion,
    EstablishmentQuestionInput,
};
pub(crate) use offers::{OfferMatchOutput, OfferMatches, OfferQuestion, OfferQuestionInput};
