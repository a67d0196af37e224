//! What was found of a request's caller while it was answered, for who writes its headers.

use std::{cell::RefCell, rc::Rc};

use actix_web::{HttpMessage, HttpRequest};
use domain::{clients::Client, kernel::Id};

use super::Standing;

/// The client behind a request, once its token was found good, and what is left of each limit
/// that the request counts against.
#[derive(Debug, Clone, Default)]
pub struct Seen(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    client: Option<Id<Client>>,
    standings: Vec<Standing>,
}

impl Seen {
    /// What the shell keeps of a request; of one that did not pass there, nothing.
    #[must_use]
    pub fn of(req: &HttpRequest) -> Self {
        req.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> Option<Id<Client>> {
        self.0.borrow().client
    }

    /// Says who the client is.
    pub fn is_from(&self, client: Id<Client>) {
        self.0.borrow_mut().client = Some(client);
    }

    /// What is left of each limit, in the order in which they were looked at.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        self.0.borrow().standings.clone()
    }

    /// Says what is left of a limit, in place of what was said before.
    pub fn stands(&self, standing: Standing) {
        let standings = &mut self.0.borrow_mut().standings;
        match standings.iter_mut().find(|it| it.policy == standing.policy) {
            Some(known) => *known = standing,
            None => standings.push(standing),
        }
    }
}
