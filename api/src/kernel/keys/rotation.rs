//! Rotation: a new key beside the old ones, each of which stays until its last token has ended.

use chrono::{DateTime, TimeDelta, Utc};

use super::{SigningKey, token_life};

/// For how many seconds a new key is published before it signs, unless said otherwise.
pub const LEAD_S: u32 = 60;
/// By how much the clocks of two nodes may differ.
const CLOCKS: TimeDelta = TimeDelta::minutes(1);

/// Why a key does not retire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationRefusal {
    /// No key has this name.
    #[error("no signing key is called {0}")]
    Unknown(String),
    /// Nothing would be left to sign with.
    #[error("no other key could sign")]
    Last,
}

/// Adds a new key, and sets the end of the others: when every token that they may sign until the
/// new one does has ended. Those that have ended already leave for good.
pub fn rotate(keys: &mut Vec<SigningKey>, new: SigningKey, now: DateTime<Utc>) {
    keys.retain(|key| key.life.is_live(now));
    let end = last_token(new.life.signs_at);
    for key in keys.iter_mut() {
        end_by(key, end);
    }
    keys.push(new);
}

/// Sets the end of a key, and answers it: when its tokens have ended, or this very instant with
/// `at_once`. Those that have ended already leave for good.
pub fn retire(
    keys: &mut Vec<SigningKey>,
    kid: &str,
    at_once: bool,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, RotationRefusal> {
    let another = keys
        .iter()
        .any(|key| key.kid != kid && key.life.outlives_a_token(now));
    let key = keys
        .iter_mut()
        .find(|key| key.kid == kid)
        .ok_or_else(|| RotationRefusal::Unknown(kid.to_owned()))?;
    if !another {
        return Err(RotationRefusal::Last);
    }
    let end = end_by(key, if at_once { now } else { last_token(now) });
    keys.retain(|key| key.life.is_live(now));
    Ok(end)
}

/// When the last token has ended that is signed by an instant, on whichever node.
fn last_token(signed_by: DateTime<Utc>) -> DateTime<Utc> {
    signed_by + token_life() + CLOCKS
}

/// An end that was set already is not put off.
fn end_by(key: &mut SigningKey, end: DateTime<Utc>) -> DateTime<Utc> {
    let end = key.life.retires_at.map_or(end, |set| set.min(end));
    key.life.retires_at = Some(end);
    end
}

#[cfg(test)]
mod tests {
    use domain::kernel::Id;
    use uuid::Uuid;

    use super::*;
    use crate::kernel::keys::{Claims, KeyRing, Life};

    const ISSUER: &str = "https://api.example.org";

    fn start() -> DateTime<Utc> {
        "2026-07-01T10:00:00Z".parse().unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        start() + TimeDelta::seconds(seconds)
    }

    fn key(kid: &str, made: i64, lead: i64) -> SigningKey {
        let life = Life::beginning(at(made), TimeDelta::seconds(lead));
        SigningKey::new(kid, &[kid.as_bytes()[0]; 32], life).unwrap()
    }

    fn kids(keys: &[SigningKey]) -> Vec<&str> {
        keys.iter().map(SigningKey::kid).collect()
    }

    fn signed(keys: &[SigningKey], when: i64) -> (String, String) {
        let ring = KeyRing::new(keys.to_vec());
        let claims = Claims {
            client_id: Id::new(Uuid::from_u128(5)),
            scope: String::new(),
            jti: Uuid::from_u128(6),
            issued_at: at(when),
        };
        let kid = ring.signing(at(when)).unwrap().kid().to_owned();
        (kid, ring.sign(&claims, ISSUER).unwrap())
    }

    /// Whether every second of the life of a token signed at `when` finds its key.
    fn holds(before: &[SigningKey], after: &[SigningKey], when: i64) -> bool {
        let (_, token) = signed(before, when);
        let ring = KeyRing::new(after.to_vec());
        (when.max(0)..when + 600).all(|now| ring.verify(&token, ISSUER, at(now)).is_ok())
    }

    #[test]
    fn no_token_is_lost_by_a_rotation_whichever_node_signed_it() {
        let before = vec![key("a", -9_000, 0)];
        let mut after = before.clone();
        rotate(&mut after, key("b", 0, 60), at(0));
        for when in [-500, 0, 30, 59] {
            assert_eq!(
                signed(&after, when).0,
                "a",
                "the new one is not heard of yet"
            );
            assert!(holds(&after, &after, when), "{when}");
        }
        assert_eq!(signed(&after, 60).0, "b");
        // A node whose clock is late, or that has not heard of the new key, signs by the old one.
        for when in 0..=119 {
            assert_eq!(signed(&before, when).0, "a");
        }
        assert!(holds(&before, &after, 119));
        assert!(holds(&after, &after, 5_000));
    }

    #[test]
    fn keys_that_have_ended_leave_with_the_next_rotation() {
        let mut keys = vec![key("a", -9_000, 0)];
        rotate(&mut keys, key("b", 0, 60), at(0));
        let end = keys[0].life().retires_at.unwrap();
        assert_eq!(end, at(60 + 600 + 60));
        rotate(&mut keys, key("c", 5, 60), at(5));
        assert_eq!(
            keys[0].life().retires_at,
            Some(end),
            "an end is not put off"
        );
        rotate(&mut keys, key("d", 5_000, 60), at(5_000));
        assert_eq!(kids(&keys), ["c", "d"]);
    }

    #[test]
    fn a_key_retires_when_its_tokens_have_ended_or_at_once() {
        let mut keys = vec![key("a", -9_000, 0), key("b", -60, 60)];
        let end = retire(&mut keys, "a", false, at(0)).unwrap();
        assert_eq!(end, at(660));
        assert!(holds(&keys, &keys, 0));
        assert_eq!(retire(&mut keys, "a", false, at(9)), Ok(end));
        assert_eq!(retire(&mut keys, "a", true, at(10)), Ok(at(10)));
        assert_eq!(kids(&keys), ["b"], "its private part is gone");
        let unknown = RotationRefusal::Unknown("x".to_owned());
        assert_eq!(retire(&mut keys, "x", true, at(0)), Err(unknown));
        for at_once in [true, false] {
            let last = retire(&mut keys, "b", at_once, at(0));
            assert_eq!(last, Err(RotationRefusal::Last));
        }
        assert_eq!(kids(&keys), ["b"]);
    }

    #[test]
    fn a_key_that_is_no_longer_trusted_is_replaced_at_once() {
        let mut keys = vec![key("a", -9_000, 0)];
        rotate(&mut keys, key("b", 0, 60), at(0));
        retire(&mut keys, "a", true, at(1)).unwrap();
        assert_eq!(signed(&keys, 1).0, "b", "nothing else can sign");
    }
}
