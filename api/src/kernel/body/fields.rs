//! The members of an object, asked for by name.

use domain::kernel::{Refusal, RefusalCode};

use super::{Node, Refusals, Value, tree::child};

/// An object being read: what is never asked for is refused at the end.
#[derive(Debug)]
pub struct Fields<'a> {
    members: &'a [(String, Node)],
    asked: Vec<&'static str>,
    pointer: String,
    refusals: &'a Refusals,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(
        members: &'a [(String, Node)],
        pointer: String,
        refusals: &'a Refusals,
    ) -> Self {
        Self {
            members,
            asked: Vec::new(),
            pointer,
            refusals,
        }
    }

    /// A field that must be there and not null.
    pub fn required<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'a>) -> Option<T>,
    ) -> Option<T> {
        match self.value(name) {
            Some(value) if *value.node() == Node::Null => value.refuse(
                RefusalCode::Null,
                "the field is required and cannot be null",
            ),
            Some(value) => read(value),
            None => {
                self.refuse(name, RefusalCode::Required, "the field is required");
                None
            }
        }
    }

    /// A field that may be absent; null says the same as absence.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'a>) -> Option<T>,
    ) -> Option<T> {
        self.value(name)
            .filter(|value| *value.node() != Node::Null)
            .and_then(read)
    }

    /// A field of a merge patch (RFC 7396): `None` leaves what is there, `Some(None)` removes
    /// it, `Some(Some(…))` replaces it.
    pub fn nullable<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'a>) -> Option<T>,
    ) -> Option<Option<T>> {
        let value = self.value(name)?;
        match value.node() {
            Node::Null => Some(None),
            _ => read(value).map(Some),
        }
    }

    /// A field that the platform gives and no caller sets.
    pub fn read_only(&mut self, name: &'static str) {
        if self.value(name).is_some() {
            self.refuse(name, RefusalCode::ReadOnly, "the platform gives this field");
        }
    }

    /// A field that may be there and says nothing new.
    pub fn ignore(&mut self, name: &'static str) {
        let _ = self.value(name);
    }

    /// Refuses the field `name`; an empty name is the object itself.
    pub fn refuse(&self, name: &str, code: RefusalCode, detail: impl Into<String>) {
        let pointer = match name {
            "" => self.pointer.clone(),
            name => child(&self.pointer, name),
        };
        self.refusals.push(Refusal::new(pointer, code, detail));
    }

    /// Adds the domain's refusals of what was made of this object.
    pub fn check<T>(&self, outcome: Result<T, Vec<Refusal>>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refusals) => {
                for refusal in refusals {
                    self.refusals.push(refusal.under(&self.pointer));
                }
                None
            }
        }
    }

    /// Refuses the members that nobody asked for.
    pub(super) fn finish(self) {
        for (name, _) in self.members {
            if !self.asked.contains(&name.as_str()) {
                self.refuse(name, RefusalCode::Unknown, "the field is unknown");
            }
        }
    }

    fn value(&mut self, name: &'static str) -> Option<Value<'a>> {
        self.asked.push(name);
        let (_, node) = self.members.iter().find(|(member, _)| member == name)?;
        Some(Value::at(node, child(&self.pointer, name), self.refusals))
    }
}
