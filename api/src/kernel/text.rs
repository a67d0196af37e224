//! A sentence in both languages of the contract.

use std::borrow::Cow;

/// The language of titles and details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, the default.
    #[default]
    En,
    /// French, when `Accept-Language` prefers it.
    Fr,
}

impl Language {
    /// The tag of `Content-Language` and of `lang=`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A sentence in English and in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    en: Cow<'static, str>,
    fr: Cow<'static, str>,
}

impl Text {
    /// A sentence known when the program is compiled.
    #[must_use]
    pub const fn new(en: &'static str, fr: &'static str) -> Self {
        Self {
            en: Cow::Borrowed(en),
            fr: Cow::Borrowed(fr),
        }
    }

    /// A sentence made for this occurrence.
    #[must_use]
    pub fn made(en: String, fr: String) -> Self {
        Self {
            en: Cow::Owned(en),
            fr: Cow::Owned(fr),
        }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
        }
    }
}
