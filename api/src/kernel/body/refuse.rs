//! Refusals gathered while a body is read, and what the domain's own errors are called.

use std::{cell::RefCell, fmt::Display};

use domain::{
    activities::NomenclatureCodeError,
    establishments::SlugError,
    habilitations::StatementError,
    holds::CaseReferenceError,
    justice::JusticeCodeError,
    kernel::{
        MailboxError, OutOfRange, PointError, Refusal, RefusalCode, TelephoneError, TextError,
        WeeklyHoursError,
    },
    offers::{CertificationCodeError, PartnerReferenceError},
    partners::{LegalCategoryError, RnaError, SiretError},
    territories::InseeCodeError,
};

/// Every refusal met so far; shared by the readers of one body.
#[derive(Debug, Default)]
pub struct Refusals(RefCell<Vec<Refusal>>);

impl Refusals {
    /// Adds a refusal.
    pub fn push(&self, refusal: Refusal) {
        self.0.borrow_mut().push(refusal);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// The value that was read, if nothing was refused.
    pub fn into_result<T>(self, value: Option<T>) -> Result<T, Vec<Refusal>> {
        let refusals = self.0.into_inner();
        match value {
            Some(value) if refusals.is_empty() => Ok(value),
            _ => Err(refusals),
        }
    }
}

/// An error of the domain that refuses one value.
pub trait Refuse: Display {
    /// What the contract calls it.
    fn refusal_code(&self) -> RefusalCode;
}

impl Refuse for TextError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Empty | Self::TooLong(_) => RefusalCode::Length,
            Self::Control | Self::SocialSecurityNumber => RefusalCode::ForbiddenText,
        }
    }
}

impl Refuse for SlugError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Form => RefusalCode::Format,
            Self::Reserved => RefusalCode::Reserved,
        }
    }
}

impl Refuse for PartnerReferenceError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Form => RefusalCode::Format,
            Self::Reserved => RefusalCode::Reserved,
        }
    }
}

impl Refuse for StatementError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::TooShort => RefusalCode::Length,
            Self::Text(error) => error.refusal_code(),
        }
    }
}

impl Refuse for WeeklyHoursError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Number => RefusalCode::Length,
            Self::Order => RefusalCode::Order,
            Self::Overlap => RefusalCode::Inconsistent,
            Self::Form => RefusalCode::Format,
        }
    }
}

impl Refuse for SiretError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Form => RefusalCode::Format,
            Self::CheckDigit => RefusalCode::CheckDigit,
        }
    }
}

impl Refuse for CaseReferenceError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Form => RefusalCode::Format,
            Self::SocialSecurityNumber => RefusalCode::ForbiddenText,
        }
    }
}

macro_rules! refuse {
    ($($error:ty => $code:ident,)+) => {$(
        impl Refuse for $error {
            fn refusal_code(&self) -> RefusalCode {
                RefusalCode::$code
            }
        }
    )+};
}

refuse! {
    OutOfRange => Range,
    PointError => Range,
    MailboxError => Format,
    TelephoneError => Format,
    InseeCodeError => Format,
    JusticeCodeError => Format,
    NomenclatureCodeError => Format,
    LegalCategoryError => Format,
    CertificationCodeError => Format,
    RnaError => Format,
    uuid::Error => Format,
}
