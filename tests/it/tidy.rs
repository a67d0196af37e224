//! The shape of the project, held by tests.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{project, project_file};

const CRATES: [&str; 5] = ["domain", "data", "persistence", "search", "api"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in CRATES.into_iter().chain(["tests", "bench"]) {
        rust_files(&project().join(folder), &mut found);
    }
    assert!(found.len() > 100);
    found
}

#[test]
fn a_file_has_at_most_400_lines() {
    for path in sources() {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(
            lines <= 400,
            "{} has {lines} lines: divide it by concept",
            path.display()
        );
    }
}

#[test]
fn no_promise_is_left_in_the_tree() {
    let owed = [
        "todo!(",
        "unimplemented!(",
        "#[ignore",
        "TODO",
        "FIXME",
        "XXX",
    ];
    let own = Path::new("tests/it/tidy.rs");
    for path in sources() {
        if path.ends_with(own) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for word in owed {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn a_module_says_what_it_is() {
    for path in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        let begins = text.starts_with("//!") || text.starts_with("#![doc");
        assert!(
            begins,
            "{}: begin with a sentence that says what it is",
            path.display()
        );
    }
}

/// What each crate never depends on, not even through another.
const FORBIDDEN: [(&str, &str); 4] = [
    (
        "domain",
        "serde serde_json diesel actix-web utoipa tokio log",
    ),
    (
        "search",
        "serde_json diesel actix-web utoipa domain persistence data",
    ),
    ("data", "diesel actix-web utoipa persistence search tokio"),
    ("persistence", "actix-web utoipa search data"),
];

#[test]
fn dependencies_point_inward() {
    for (package, absent) in FORBIDDEN {
        let arguments = "tree --offline --edges normal --prefix none --package";
        let tree = Command::new(env!("CARGO"))
            .args(arguments.split(' '))
            .arg(package)
            .current_dir(project())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&tree.stderr);
        assert!(tree.status.success(), "{said}");
        let text = String::from_utf8(tree.stdout).unwrap();
        let names = text.lines().filter_map(|line| line.split(' ').next());
        let names: BTreeSet<&str> = names.collect();
        assert!(names.contains(package), "{text}");
        for name in absent.split(' ') {
            assert!(!names.contains(name), "{package} depends on {name}");
        }
    }
}

#[test]
fn sql_stays_in_persistence() {
    for path in sources() {
        let inside = path
            .components()
            .any(|part| part.as_os_str() == "persistence");
        let text = std::fs::read_to_string(&path).unwrap();
        let own = path.ends_with("tests/it/tidy.rs");
        assert!(
            inside || own || !text.contains("diesel::"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn only_the_configuration_reads_the_environment() {
    for path in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        let may = path.ends_with("api/src/config.rs")
            || text.contains("#[expect(clippy::disallowed_methods")
            || text.contains("clippy::disallowed_methods,")
            || path.ends_with("tests/it/tidy.rs");
        assert!(may || !text.contains("env::var"), "{}", path.display());
    }
}

/// What is not a resource in `api/src`.
const NOT_RESOURCES: [&str; 8] = [
    "catalogue",
    "cli",
    "config",
    "kernel",
    "oauth",
    "openapi",
    "server",
    "service",
];
/// Resources that the database does not hold, and why.
const NOT_KEPT: [(&str, &str); 6] = [
    ("activities", "embedded reference data"),
    ("code_lists", "embedded reference data"),
    (
        "contacts",
        "parts of establishments, and embedded reference data",
    ),
    ("matches", "questions, of which nothing is kept"),
    ("suggestions", "found among what others keep"),
    ("territories", "embedded reference data"),
];

#[test]
fn a_resource_has_one_name_in_every_layer() {
    let folders = |path: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(project().join(path))
            .unwrap()
            .map(Result::unwrap);
        let folders = entries.filter(|entry| entry.path().is_dir());
        folders
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect()
    };
    let mut resources = folders("api/src");
    resources.retain(|name| !NOT_RESOURCES.contains(&name.as_str()));
    assert!(resources.len() >= 5, "{resources:?}");
    let (domain, persistence) = (folders("domain/src"), folders("persistence/src"));
    for name in &resources {
        assert!(
            domain.contains(name) || name == "code_lists",
            "domain/src/{name}"
        );
        let kept = !NOT_KEPT.iter().any(|(other, _)| other == name);
        assert_eq!(persistence.contains(name), kept, "persistence/src/{name}");
        let tests = project().join("tests/it");
        let tested = tests.join(name).is_dir() || tests.join(format!("{name}.rs")).is_file();
        assert!(tested, "tests/it/{name}.rs");
    }
}

#[test]
fn the_glossary_names_every_list_and_the_changelog_every_resource() {
    let document: serde_json::Value =
        serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let glossary = project_file("docs/glossary.md");
    let text = document.to_string();
    let mut lists: BTreeSet<&str> = BTreeSet::new();
    for mention in text.split("/v1/code-lists/").skip(1) {
        let end = mention.find(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        lists.insert(mention.split_at(end.unwrap_or(0)).0);
    }
    lists.remove("");
    assert!(lists.len() > 10, "{lists:?}");
    for list in lists {
        assert!(glossary.contains(list), "docs/glossary.md: {list}");
    }
    let changelog = project_file("CHANGELOG.md").to_lowercase();
    for tag in document["tags"].as_array().unwrap() {
        let name = tag["name"].as_str().unwrap();
        let said = changelog.contains(name) || changelog.contains(&name.replace('-', " "));
        assert!(said, "CHANGELOG.md: {name}");
    }
}

#[test]
fn a_dependency_is_named_once_in_the_workspace() {
    for package in CRATES {
        let manifest = project_file(&format!("{package}/Cargo.toml"));
        for line in manifest.lines() {
            let versioned =
                line.contains("version = \"") || line.contains("= \"0") || line.contains("= \"1");
            let own = line.starts_with("version")
                || line.starts_with("name")
                || line.starts_with("description");
            assert!(own || !versioned, "{package}/Cargo.toml: {line}");
        }
    }
}

#[test]
fn the_commands_of_the_readme_are_those_of_the_gate() {
    let gate = project_file(".ci/run");
    let readme = project_file("README.md");
    for command in [
        "cargo run --release -- serve --demo",
        "cargo test --workspace",
    ] {
        assert!(readme.contains(command), "{command}");
    }
    assert!(gate.contains("cargo test --workspace"));
}
