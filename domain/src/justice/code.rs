//! The codes of courts and services.

use std::{fmt, str::FromStr};

/// A text that has not the form of the code it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JusticeCodeError(&'static str);

/// A court, by the six digits of the ministry's list, such as `100094`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CourtCode(String);

/// A service of probation, by the name of its département, such as `gironde`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProbationServiceCode(String);

impl CourtCode {
    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ProbationServiceCode {
    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CourtCode {
    type Err = JusticeCodeError;

    fn from_str(text: &str) -> Result<Self, JusticeCodeError> {
        if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(JusticeCodeError(
                "the code of a court is six digits: 100094",
            ))
        }
    }
}

impl FromStr for ProbationServiceCode {
    type Err = JusticeCodeError;

    fn from_str(text: &str) -> Result<Self, JusticeCodeError> {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
        if text.len() <= 40 && text.split('_').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(JusticeCodeError(
                "the code of a service is lower-case words: gironde, seine_et_marne",
            ))
        }
    }
}

impl fmt::Display for CourtCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ProbationServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_form() {
        assert_eq!("100094".parse::<CourtCode>().unwrap().as_str(), "100094");
        for bad in ["", "10009", "1000941", "10009a"] {
            assert!(bad.parse::<CourtCode>().is_err(), "{bad}");
        }
        for good in ["gironde", "seine_et_marne"] {
            assert_eq!(good.parse::<ProbationServiceCode>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            "Gironde",
            "seine-et-marne",
            "_",
            "a__b",
            "33",
            &"a".repeat(41),
        ] {
            assert!(bad.parse::<ProbationServiceCode>().is_err(), "{bad}");
        }
    }
}
