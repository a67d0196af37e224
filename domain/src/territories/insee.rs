//! The codes INSEE and La Poste give to territories.

use std::{fmt, str::FromStr};

/// A text that does not have the form of the code it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InseeCodeError(&'static str);

macro_rules! insee_code {
    ($($(#[$meta:meta])* $name:ident, $form:literal, $check:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The code itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InseeCodeError;

            fn from_str(text: &str) -> Result<Self, InseeCodeError> {
                let check: fn(&[u8]) -> bool = $check;
                if check(text.as_bytes()) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InseeCodeError($form))
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

insee_code! {
    /// A commune, such as `33063`, `2A004` or `97411`.
    CommuneCode, "a commune code is five characters: 33063, 2A004", |code| match code {
        [b'2', b'A' | b'B', rest @ ..] => rest.len() == 3 && digits(rest),
        _ => code.len() == 5 && digits(code),
    };
    /// A département or a collectivity, such as `33`, `2A`, `974`.
    DepartementCode, "a département code is two or three characters: 33, 2A, 974", |code| match code {
        [b'2', b'A' | b'B'] => true,
        [b'9', b'7' | b'8', last] => last.is_ascii_digit(),
        _ => code.len() == 2 && digits(code),
    };
    /// A region or a collectivity that has no region, such as `75`, `04`, `988`.
    RegionCode, "a region code is two or three digits: 75, 988", |code| {
        matches!(code.len(), 2 | 3) && digits(code)
    };
    /// A postcode of La Poste, such as `33170`.
    Postcode, "a postcode is five digits: 33170", |code| code.len() == 5 && digits(code);
}

impl CommuneCode {
    /// The département or collectivity, which begins the code: two characters, three overseas.
    #[must_use]
    pub fn departement(&self) -> DepartementCode {
        let overseas = self.0.starts_with("97") || self.0.starts_with("98");
        let length = if overseas { 3 } else { 2 };
        DepartementCode(self.0.chars().take(length).collect())
    }
}

fn digits(code: &[u8]) -> bool {
    code.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_form() {
        for good in ["33063", "2A004", "2B033", "97411", "98818"] {
            assert!(good.parse::<CommuneCode>().is_ok(), "{good}");
        }
        for bad in ["3306", "330633", "2C001", "33O63", "2A04"] {
            assert!(bad.parse::<CommuneCode>().is_err(), "{bad}");
        }
        for good in ["01", "2A", "95", "974", "988"] {
            assert!(good.parse::<DepartementCode>().is_ok(), "{good}");
        }
        for bad in ["1", "2C", "20A", "961", "9"] {
            assert!(bad.parse::<DepartementCode>().is_err(), "{bad}");
        }
        for (commune, departement) in [("33063", "33"), ("2A004", "2A"), ("98818", "988")] {
            let commune: CommuneCode = commune.parse().unwrap();
            assert_eq!(commune.departement().as_str(), departement);
        }
        assert!("988".parse::<RegionCode>().is_ok());
        assert!("2A".parse::<RegionCode>().is_err());
        assert!("3317".parse::<Postcode>().is_err());
    }
}
