//! The address of a service's mailbox.

use std::{fmt, str::FromStr};

/// A functional mailbox: it belongs to a service, never to a person.
///
/// Invariant: at most 254 ASCII characters, one `@`, a local part of at most 64 characters
/// and a domain of at least two labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mailbox(String);

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mailbox is written local-part@domain.tld")]
pub struct MailboxError;

impl Mailbox {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Mailbox {
    type Err = MailboxError;

    fn from_str(text: &str) -> Result<Self, MailboxError> {
        let text = text.trim();
        let (local, host) = text.split_once('@').ok_or(MailboxError)?;
        let local_fits = (1..=64).contains(&local.len())
            && local.split('.').all(|atom| !atom.is_empty())
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        let host_fits = host.split('.').count() >= 2
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        if text.len() <= 254 && local_fits && host_fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(MailboxError)
        }
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_has_a_local_part_and_a_domain() {
        for good in [
            "travail-prison@justice.gouv.fr",
            "referent.tig.2A@justice.fr",
        ] {
            assert!(good.parse::<Mailbox>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.fr",
            "a@",
            "a@b",
            "a@b..fr",
            "a b@c.fr",
            "a@b@c.fr",
            "a..b@c.fr",
            "a@-b.fr",
        ] {
            assert!(bad.parse::<Mailbox>().is_err(), "{bad}");
        }
    }
}
