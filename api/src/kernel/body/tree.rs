//! The tree: objects keep their order and never name a member twice.

use std::{cell::RefCell, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// How large a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The most bytes.
    pub bytes: usize,
    /// The most arrays and objects within one another.
    pub depth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: 1024 * 1024,
            depth: 16,
        }
    }
}

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, its members in the order of the body, each named once.
    Object(Vec<(String, Node)>),
}

/// Why a body could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is not JSON.
    #[error("this is not JSON: {what} at line {line}, column {column}")]
    Malformed {
        /// What the reader met.
        what: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// An object names a member twice.
    #[error("the member {pointer} is named twice")]
    Duplicate {
        /// JSON Pointer of the member.
        pointer: String,
    },
    /// Arrays and objects lie too deep within one another.
    #[error("arrays and objects lie more than {depth} deep within one another")]
    TooDeep {
        /// The most accepted.
        depth: usize,
    },
    /// It has too many bytes.
    #[error("the body has more than {bytes} bytes")]
    TooLarge {
        /// The most accepted.
        bytes: usize,
    },
}

/// Reads a body into a tree.
pub fn parse(body: &[u8], bounds: Bounds) -> Result<Node, BodyError> {
    if body.len() > bounds.bytes {
        return Err(BodyError::TooLarge {
            bytes: bounds.bytes,
        });
    }
    let state = State {
        refusal: RefCell::new(None),
        path: RefCell::default(),
    };
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = Seed {
        state: &state,
        left: bounds.depth,
        depth: bounds.depth,
    }
    .deserialize(&mut reader)
    .and_then(|node| reader.end().map(|()| node));
    read.map_err(|error| state.refusal.take().unwrap_or_else(|| malformed(&error)))
}

/// Adds a member's name or an element's place to a JSON Pointer.
#[must_use]
pub(super) fn child(pointer: &str, token: &str) -> String {
    let token = token.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{token}")
}

fn malformed(error: &serde_json::Error) -> BodyError {
    let told = error.to_string();
    let what = told
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    BodyError::Malformed {
        what,
        line: error.line(),
        column: error.column(),
    }
}

/// What the reader's own errors cannot carry: why it was stopped by us, and where it is.
struct State {
    refusal: RefCell<Option<BodyError>>,
    path: RefCell<Vec<String>>,
}

impl State {
    fn stop<E: serde::de::Error>(&self, refusal: BodyError) -> E {
        let error = E::custom(&refusal);
        self.refusal.replace(Some(refusal));
        error
    }

    fn pointer(&self, name: &str) -> String {
        let path = self.path.borrow();
        let above = path
            .iter()
            .fold(String::new(), |pointer, token| child(&pointer, token));
        child(&above, name)
    }
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    state: &'a State,
    left: usize,
    depth: usize,
}

impl Seed<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.left.checked_sub(1) {
            Some(left) => Ok(Self { left, ..self }),
            None => Err(self.state.stop(BodyError::TooDeep { depth: self.depth })),
        }
    }

    fn within<T>(self, token: String, read: impl FnOnce() -> T) -> T {
        self.state.path.borrow_mut().push(token);
        let value = read();
        self.state.path.borrow_mut().pop();
        value
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("a number is too large"))?;
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node, A::Error> {
        let seed = self.deeper()?;
        let mut elements = Vec::new();
        loop {
            let token = elements.len().to_string();
            match seed.within(token, || array.next_element_seed(seed))? {
                Some(element) => elements.push(element),
                None => return Ok(Node::Array(elements)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let seed = self.deeper()?;
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut names = HashSet::new();
        while let Some(name) = object.next_key::<String>()? {
            if !names.insert(name.clone()) {
                let pointer = self.state.pointer(&name);
                return Err(self.state.stop(BodyError::Duplicate { pointer }));
            }
            let value = seed.within(name.clone(), || object.next_value_seed(seed))?;
            members.push((name, value));
        }
        Ok(Node::Object(members))
    }
}
