//! Who did it.

use std::{fmt, str::FromStr};

use crate::{
    clients::{Client, Role},
    kernel::Id,
};

/// Who did it: a client's id, or a command such as `cli:import`; never a person's name.
///
/// Invariant: 1 to 120 visible ASCII characters. For the journal it also says in which role the
/// client acted and by which request; the change log keeps neither, and gives back the name alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Actor {
    name: String,
    role: Option<Role>,
    request: Option<String>,
}

/// Why a text names no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an actor is 1 to 120 visible ASCII characters")]
pub struct ActorError;

/// The longest identifier of a request.
const MAX_REQUEST: usize = 64;

impl Actor {
    /// A client, in the role that it has.
    #[must_use]
    pub fn client(id: Id<Client>, role: Role) -> Self {
        Self {
            name: id.to_string(),
            role: Some(role),
            request: None,
        }
    }

    /// The same, acting by this request: 1 to 64 visible ASCII characters, or else it is not
    /// named.
    #[must_use]
    pub fn during(self, request: &str) -> Self {
        let named = (1..=MAX_REQUEST).contains(&request.len()) && is_visible(request);
        Self {
            request: named.then(|| request.to_owned()),
            ..self
        }
    }

    /// The actor, as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The role in which a client acts.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// The request by which a client acts.
    #[must_use]
    pub fn request(&self) -> Option<&str> {
        self.request.as_deref()
    }
}

impl FromStr for Actor {
    type Err = ActorError;

    fn from_str(text: &str) -> Result<Self, ActorError> {
        if is_visible(text) && (1..=120).contains(&text.len()) {
            Ok(Self {
                name: text.to_owned(),
                role: None,
                request: None,
            })
        } else {
            Err(ActorError)
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_one_visible_word() {
        assert_eq!(
            "cli:import".parse::<Actor>().unwrap().as_str(),
            "cli:import"
        );
        for bad in ["", "a b", "é", "a\n", &"a".repeat(121)] {
            assert_eq!(bad.parse::<Actor>(), Err(ActorError), "{bad:?}");
        }
    }

    #[test]
    fn a_client_acts_in_a_role_and_by_a_request() {
        let id = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f";
        let client = Actor::client(id.parse().unwrap(), Role::Agency).during("trace-1");
        assert_eq!(client.as_str(), id);
        assert_eq!(client.role(), Some(Role::Agency));
        assert_eq!(client.request(), Some("trace-1"));
        for unfit in ["", "a b", "é", &"a".repeat(65)] {
            assert_eq!(client.clone().during(unfit).request(), None, "{unfit:?}");
        }
    }
}
