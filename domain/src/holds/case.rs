//! The mark of a case: what is kept of a reference, which nobody but its holder can read.

use std::{fmt, str::FromStr};

use blake2::{
    Blake2sMac,
    digest::{KeyInit, Mac, consts::U32},
};

use crate::{
    clients::Client,
    kernel::{Id, holds_social_security_number},
};

/// A reference in the holder's own system, as it is sent: it is hashed and forgotten.
///
/// Invariant: 1 to 200 visible ASCII characters, which hold nothing that looks like a French
/// social-security number; `Debug` hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseReference(String);

/// A text that is no reference of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseReferenceError {
    /// It is empty, too long, or has other characters.
    #[error("a case reference is 1 to 200 visible ASCII characters: a number, never a name")]
    Form,
    /// It would tell who somebody is.
    #[error("a case reference holds nothing that looks like a French social-security number")]
    SocialSecurityNumber,
}

impl FromStr for CaseReference {
    type Err = CaseReferenceError;

    fn from_str(text: &str) -> Result<Self, CaseReferenceError> {
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        if !visible || !(1..=200).contains(&text.len()) {
            return Err(CaseReferenceError::Form);
        }
        if holds_social_security_number(text) {
            return Err(CaseReferenceError::SocialSecurityNumber);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for CaseReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseReference(hidden)")
    }
}

/// The key of this installation, without which a reference cannot be guessed from its mark.
#[derive(Clone)]
pub struct CaseKey([u8; 32]);

impl CaseKey {
    /// A key of 256 bits.
    #[must_use]
    pub const fn new(bits: [u8; 32]) -> Self {
        Self(bits)
    }
}

impl fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseKey(hidden)")
    }
}

/// What is kept of a reference: `BLAKE2s` of its holder and of it under the key, 256 bits in
/// hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseHash([u8; 32]);

/// A text that is no mark of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the mark of a case is 64 hexadecimal digits")]
pub struct CaseHashError;

impl CaseHash {
    /// The mark of a holder's reference: the same one of the same holder under the same key has the
    /// same mark, and that of another holder, who might guess it, has another.
    #[must_use]
    pub fn of(reference: &CaseReference, holder: Id<Client>, key: &CaseKey) -> Self {
        let mut mac = <Blake2sMac<U32> as KeyInit>::new(&key.0.into());
        mac.update(holder.uuid().as_bytes());
        mac.update(reference.0.as_bytes());
        Self(mac.finalize().into_bytes().into())
    }
}

impl fmt::Display for CaseHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for CaseHash {
    type Err = CaseHashError;

    fn from_str(text: &str) -> Result<Self, CaseHashError> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits = digits.filter(|digits| digits.len() == 64);
        let mut bits = [0; 32];
        let pairs = digits.ok_or(CaseHashError)?;
        for (bit, pair) in bits.iter_mut().zip(pairs.chunks_exact(2)) {
            let &[high, low] = pair else { continue };
            *bit = high << 4 | low;
        }
        Ok(Self(bits))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn reference(text: &str) -> CaseReference {
        text.parse().unwrap()
    }

    #[test]
    fn a_mark_is_that_of_the_reference_of_its_holder_and_of_the_key() {
        let (key, other) = (CaseKey::new([7; 32]), CaseKey::new([8; 32]));
        let holder = |n: u128| Id::new(Uuid::from_u128(n));
        let of = |text, n, key| CaseHash::of(&reference(text), holder(n), key);
        let mark = of("2026/0042", 1, &key);
        assert_eq!(mark, of("2026/0042", 1, &key));
        assert_ne!(mark, of("2026/0043", 1, &key));
        assert_ne!(mark, of("2026/0042", 2, &key));
        assert_ne!(mark, of("2026/0042", 1, &other));
        assert_eq!(mark.to_string().parse(), Ok(mark));
        assert_eq!(mark.to_string().len(), 64);
        assert_eq!("00".parse::<CaseHash>(), Err(CaseHashError));
        assert_eq!("g".repeat(64).parse::<CaseHash>(), Err(CaseHashError));
    }

    #[test]
    fn neither_reference_nor_key_is_told_by_accident() {
        let told = format!("{:?} {:?}", reference("2026/0042"), CaseKey::new([7; 32]));
        assert_eq!(told, "CaseReference(hidden) CaseKey(hidden)");
    }

    #[test]
    fn a_reference_is_a_number_and_never_a_name_with_spaces() {
        for bad in ["", "Jean Exemple", "é", &"1".repeat(201)] {
            let refused = bad.parse::<CaseReference>();
            assert_eq!(refused, Err(CaseReferenceError::Form), "{bad}");
        }
        let person = "2840633063123".parse::<CaseReference>();
        assert_eq!(person, Err(CaseReferenceError::SocialSecurityNumber));
    }
}
