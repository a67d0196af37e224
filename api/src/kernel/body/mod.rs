//! A JSON body read once into a tree, then field by field, so that every refusal comes back
//! at once with its JSON Pointer.
//!
//! ```
//! use api::kernel::body::{Bounds, Refusals, Value, parse};
//!
//! let tree = parse(br#"{"name": "Atelier", "colour": "red"}"#, Bounds::default()).unwrap();
//! let refusals = Refusals::default();
//! let name = Value::root(&tree, &refusals).object(|fields| {
//!     fields.required("name", |value| value.text().map(str::to_owned))
//! });
//! assert_eq!(name.as_deref(), Some("Atelier"));
//! let refused = refusals.into_result(name).unwrap_err();
//! assert_eq!(refused[0].pointer, "/colour");
//! ```

mod fields;
pub(crate) mod patch;
mod refuse;
mod tree;
mod value;
pub(crate) mod written;

#[cfg(test)]
mod tests;

use domain::kernel::Refusal;

pub use fields::Fields;
pub use refuse::{Refusals, Refuse};
pub use tree::{BodyError, Bounds, Node, parse};
pub use value::Value;

/// Reads a body that is an object, or gives everything that is wrong with it.
pub fn read_object<T>(
    body: &Node,
    facts: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, Vec<Refusal>> {
    let refusals = Refusals::default();
    let read = Value::root(body, &refusals).object(facts);
    refusals.into_result(read)
}

/// Reads a body that says nothing: an object without fields.
pub fn read_nothing(body: &Node) -> Result<(), Vec<Refusal>> {
    read_object(body, |_| Some(()))
}
