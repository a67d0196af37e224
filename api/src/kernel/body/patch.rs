//! JSON Merge Patch (RFC 7396) on the tree of a body, and what a patch is made of.

use domain::kernel::{Refusal, RefusalCode};

use super::{Bounds, Node, parse};

/// What `target` becomes under `patch`: members of objects are merged, all else is replaced.
///
/// A member that the patch removes stays as `null`, so that whoever reads the result can refuse
/// the removal of what is required, and a name that is unknown even when it is removed.
pub(crate) fn merge(target: Node, patch: Node) -> Node {
    let Node::Object(patch) = patch else {
        return patch;
    };
    let mut members = match target {
        Node::Object(members) => members,
        _ => Vec::new(),
    };
    for (name, value) in patch {
        match members.iter_mut().find(|(member, _)| *member == name) {
            Some((_, held)) => {
                let old = std::mem::replace(held, Node::Null);
                *held = merge(old, value);
            }
            None => members.push((name, merge(Node::Null, value))),
        }
    }
    Node::Object(members)
}

/// A patch of an object is one: anything else would replace it whole.
pub(crate) fn an_object(patch: Node) -> Result<Node, Vec<Refusal>> {
    match patch {
        Node::Object(_) => Ok(patch),
        _ => Err(vec![Refusal::new(
            "",
            RefusalCode::Type,
            "a merge patch is an object",
        )]),
    }
}

/// A member of an object.
pub(crate) fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Node::Object(members) = node else {
        return None;
    };
    let found = members.iter().find(|(member, _)| member == name);
    found.map(|(_, node)| node)
}

/// An object without some of its members.
pub(crate) fn without(node: Node, names: &[&str]) -> Node {
    let Node::Object(mut members) = node else {
        return node;
    };
    members.retain(|(name, _)| !names.contains(&name.as_str()));
    Node::Object(members)
}

/// The tree of what the platform itself wrote, however long, its codes as clients write them: a
/// patch replaces a code, and merges nothing into it.
pub(crate) fn tree(told: &str) -> Node {
    let bounds = Bounds {
        bytes: usize::MAX,
        ..Bounds::default()
    };
    bare(parse(told.as_bytes(), bounds).unwrap_or(Node::Null))
}

/// Codes without their labels.
fn bare(node: Node) -> Node {
    match node {
        Node::Object(members) => match members.as_slice() {
            [(code, value @ Node::Text(_)), (label, _)] if code == "code" && label == "label" => {
                value.clone()
            }
            _ => {
                let members = members.into_iter().map(|(name, node)| (name, bare(node)));
                Node::Object(members.collect())
            }
        },
        other => other,
    }
}

/// The refusal of a field that the platform gives, when it is there.
pub(crate) fn read_only(body: &Node, name: &str) -> Vec<Refusal> {
    let sent = member(body, name).map(|_| given_by_the_platform(&format!("/{name}")));
    sent.into_iter().collect()
}

/// A field that no caller sets.
pub(crate) fn given_by_the_platform(pointer: &str) -> Refusal {
    Refusal::new(
        pointer,
        RefusalCode::ReadOnly,
        "the platform gives this field",
    )
}

/// Every refusal of both.
pub(crate) fn all<T>(
    before: Vec<Refusal>,
    read: Result<T, Vec<Refusal>>,
) -> Result<T, Vec<Refusal>> {
    match read {
        Ok(value) if before.is_empty() => Ok(value),
        outcome => {
            let mut refusals = before;
            refusals.extend(outcome.err().unwrap_or_default());
            Err(refusals)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(json: &str) -> Node {
        parse(json.as_bytes(), Bounds::default()).unwrap()
    }

    /// What the RFC gives: `null` members of objects are gone.
    fn without_nulls(node: Node) -> Node {
        match node {
            Node::Object(members) => {
                let kept = members.into_iter().filter(|(_, node)| *node != Node::Null);
                let members = kept.map(|(name, node)| (name, without_nulls(node)));
                Node::Object(members.collect())
            }
            other => other,
        }
    }

    #[test]
    fn the_examples_of_the_rfc_hold() {
        for (target, patch, result) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (
                r#"{"a":{"b":"c"}}"#,
                r#"{"a":{"b":"d","c":null}}"#,
                r#"{"a":{"b":"d"}}"#,
            ),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"b"}"#, r#"["c"]"#, r#"["c"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"a":"foo"}"#, r#""bar""#, r#""bar""#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let merged = without_nulls(merge(tree(target), tree(patch)));
            assert_eq!(merged, tree(result), "{target} under {patch}");
        }
    }

    #[test]
    fn what_is_removed_is_still_told() {
        let merged = merge(tree(r#"{"a":1,"b":2}"#), tree(r#"{"a":null,"c":null}"#));
        assert_eq!(merged, tree(r#"{"a":null,"b":2,"c":null}"#));
    }
}
