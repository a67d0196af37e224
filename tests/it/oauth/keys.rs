//! Signing keys, in a file or in the database: shared by the nodes, rotated by command.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use persistence::testing::TestDb;
use serde_json::Value;

use super::{
    SCOPES, me,
    nodes::{KEY, database, node},
    token,
};
use crate::support::{Server, atigip, each_engine, made};

const URL: [&str; 2] = ["--public-url", "http://platform.test"];

/// Where a test keeps its keys, as the settings say it.
pub(super) enum Store {
    File(tempfile::TempDir),
    Database,
}

impl Store {
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::File(folder) => folder.path().join("keys.json"),
            Self::Database => PathBuf::new(),
        }
    }

    pub(super) fn flags(&self) -> Vec<String> {
        let flags = match self {
            Self::File(_) => ["--signing-keys", self.path().to_str().unwrap()].map(str::to_owned),
            Self::Database => ["--key-encryption-key", KEY].map(str::to_owned),
        };
        flags.to_vec()
    }

    pub(super) fn node(&self, db: &Arc<TestDb>) -> Server {
        let flags = self.flags();
        let flags: Vec<&str> = flags.iter().map(String::as_str).chain(URL).collect();
        node(db, &flags)
    }

    /// What `atigip keys …` tells on its output, or else on its errors.
    pub(super) fn keys(&self, db: &TestDb, arguments: &[&str]) -> Result<String, String> {
        let mut command = atigip(db);
        command.arg("keys").args(arguments).args(self.flags());
        let done = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        if done.status.success() {
            Ok(text(&done.stdout))
        } else {
            Err(text(&done.stderr))
        }
    }
}

/// The names of the keys that a node publishes.
pub(super) fn published(server: &Server) -> Vec<String> {
    let set = server.get("/.well-known/jwks.json").json();
    let keys = set["keys"].as_array().unwrap();
    keys.iter()
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

/// The name of the key that signed a token.
pub(super) fn signer(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap());
    let header: Value = serde_json::from_slice(&header.unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

pub(super) fn seeds(path: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(path) else {
        return Vec::new();
    };
    let set: Value = serde_json::from_str(&text).unwrap();
    let keys = set["keys"].as_array().unwrap();
    keys.iter()
        .map(|key| key["d"].as_str().unwrap().to_owned())
        .collect()
}

/// Two nodes that share their keys, and what was told meanwhile.
struct Pair<'a> {
    store: &'a Store,
    db: &'a Arc<TestDb>,
    nodes: [Server; 2],
    client: (String, String),
    said: String,
    hidden: Vec<String>,
}

impl<'a> Pair<'a> {
    fn start(store: &'a Store, db: &'a Arc<TestDb>) -> Self {
        let said = store.keys(db, &["rotate"]).unwrap();
        let nodes = [store.node(db), store.node(db)];
        let client = made(&nodes[0], "direction", "direction=lille", SCOPES);
        Self {
            store,
            db,
            nodes,
            client,
            said,
            hidden: seeds(&store.path()),
        }
    }

    fn keys(&mut self, arguments: &[&str]) {
        self.said += &self.store.keys(self.db, arguments).unwrap();
        self.hidden.extend(seeds(&self.store.path()));
    }

    #[track_caller]
    fn refused(&mut self, arguments: &[&str], why: &str) {
        let refused = self.store.keys(self.db, arguments).unwrap_err();
        assert!(refused.contains(why), "{refused}");
        self.said += &refused;
    }

    /// A token of each node.
    #[track_caller]
    fn tokens(&self) -> [String; 2] {
        [0, 1].map(|node: usize| token(&self.nodes[node], &self.client))
    }

    #[track_caller]
    fn until(&self, what: &str, holds: impl Fn(&Server) -> bool) {
        for server in &self.nodes {
            server.until(what, &holds);
        }
    }

    /// Each node takes each of these tokens.
    #[track_caller]
    fn take(&self, tokens: &[&String]) {
        for server in &self.nodes {
            for token in tokens {
                assert_eq!(me(server, token).status, 200, "{}", server.base);
            }
        }
    }
}

fn rotate_between_two_nodes(store: &Store, db: &Arc<TestDb>) {
    let mut pair = Pair::start(store, db);
    let [before, _] = pair.tokens();
    let first = signer(&before);
    pair.take(&[&before]);

    // The new key is published and does not sign yet.
    pair.keys(&["rotate", "--lead", "3600"]);
    pair.until("the new key is published", |node| {
        published(node).len() == 2
    });
    let during = pair.tokens();
    assert_eq!(
        during.each_ref().map(|token| signer(token)),
        [first.clone(), first.clone()]
    );
    pair.take(&[&before, &during[0], &during[1]]);
    pair.keys(&["list"]);

    // Another signs at once; what was signed before is good as long as it was to be.
    pair.keys(&["rotate", "--lead", "0"]);
    pair.until("the newest key signs", |node| {
        signer(&token(node, &pair.client)) != first
    });
    let after = pair.tokens();
    let newest = signer(&after[0]);
    assert_eq!(signer(&after[1]), newest);
    pair.take(&[&before, &during[0], &during[1], &after[0], &after[1]]);
    let kids = published(&pair.nodes[0]);
    assert_eq!(kids.len(), 3, "the old one stays published");

    // What a key signed is refused once it has ended; what others signed is not.
    pair.keys(&["retire", "--at-once", &first]);
    pair.until("its tokens are refused", |node| {
        me(node, &before).status == 401
    });
    pair.until("it is gone", |node| !published(node).contains(&first));
    me(&pair.nodes[1], &during[0]).problem(401, "unauthorized");
    pair.take(&[&after[0], &after[1]]);
    let idle = kids.iter().find(|kid| **kid != newest && **kid != first);
    pair.keys(&["retire", "--at-once", idle.unwrap()]);
    pair.refused(&["retire", &newest], "no other key could sign");
    pair.refused(&["retire", "--at-once", &newest], "no other key could sign");
    pair.refused(&["retire", &first], "no signing key is called");
    let listed = store.keys(db, &["list"]).unwrap();
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(listed.contains("  signs; made 20"), "{listed}");

    let said = pair.said + &listed + &pair.nodes[0].log() + &pair.nodes[1].log();
    assert!(matches!(store, Store::Database) || pair.hidden.len() >= 5);
    for seed in pair.hidden {
        assert!(!said.contains(&seed), "a private part is told");
    }
}

#[test]
fn tokens_hold_through_a_rotation_of_the_keys_of_the_database() {
    each_engine(|engine| rotate_between_two_nodes(&Store::Database, &database(engine)));
}

#[test]
fn tokens_hold_through_a_rotation_of_the_keys_of_a_file() {
    each_engine(|engine| {
        let store = Store::File(tempfile::tempdir().unwrap());
        rotate_between_two_nodes(&store, &database(engine));
    });
}
