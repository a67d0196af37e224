//! A file of signing keys: who may read it, what it holds, and what happens when it changes.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use persistence::{Engine, testing::TestDb};
use serde_json::{Value, json};

use super::{
    SCOPES,
    keys::{Store, published, seeds, signer},
    me,
    nodes::{KEY, database},
    token,
};
use crate::support::{Server, atigip, made, seconds_from_now};

fn write(path: &Path, set: &Value, mode: u32) {
    fs::write(path, set.to_string()).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_of_the_file_ends_when_it_says_and_its_tokens_with_it() {
    let store = Store::File(tempfile::tempdir().unwrap());
    let db = database(Engine::Sqlite);
    store.keys(&db, &["rotate"]).unwrap();
    let server = store.node(&db);
    let client = made(&server, "direction", "direction=lille", SCOPES);
    let old = token(&server, &client);
    store.keys(&db, &["rotate"]).unwrap();
    let mut set: Value = serde_json::from_str(&fs::read_to_string(store.path()).unwrap()).unwrap();
    let end = seconds_from_now(3);
    set["keys"][0]["exp"] = json!(end);
    write(&store.path(), &set, 0o600);
    server.until("the new key signs alone", |server| {
        signer(&token(server, &client)) != signer(&old)
    });
    let new = token(&server, &client);
    assert!(seconds_from_now(0) >= end || me(&server, &old).status == 200);
    server.until("the old one has ended", |server| {
        me(server, &old).status == 401
    });
    assert!(seconds_from_now(0) >= end, "not before its end");
    assert_eq!(published(&server), [signer(&new)]);
    assert_eq!(me(&server, &new).status, 200);
}

#[test]
fn a_file_that_breaks_while_it_is_served_is_told_once_and_changes_nothing() {
    let store = Store::File(tempfile::tempdir().unwrap());
    let db = database(Engine::Sqlite);
    store.keys(&db, &["rotate"]).unwrap();
    let server = store.node(&db);
    let client = made(&server, "direction", "direction=lille", SCOPES);
    let kept = fs::read_to_string(store.path()).unwrap();
    let first = published(&server);
    let complaints = |server: &Server| {
        let log = server.log();
        log.matches("The signing keys stay those that this node has.")
            .count()
    };
    fs::write(store.path(), "{\"keys\": [").unwrap();
    server.until("it is told", |server| complaints(server) == 1);
    fs::remove_file(store.path()).unwrap();
    server.until("it is told again", |server| complaints(server) == 2);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(complaints(&server), 2, "once each");
    assert_eq!(published(&server), first);
    assert_eq!(me(&server, &token(&server, &client)).status, 200);
    assert_eq!(server.get("/health/ready").json()["status"], "ok");
    write(&store.path(), &serde_json::from_str(&kept).unwrap(), 0o600);
    store.keys(&db, &["rotate"]).unwrap();
    server.until("the new key is known", |server| {
        published(server).len() == 2
    });
}

/// What a node that does not start says.
#[track_caller]
fn refusal(store: &Store, db: &TestDb, more: &[&str]) -> String {
    let mut command = atigip(db);
    command.args(["serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"]);
    let done = command.args(store.flags()).args(more).output().unwrap();
    assert!(!done.status.success());
    String::from_utf8(done.stderr).unwrap()
}

#[test]
fn a_file_that_others_may_read_is_refused_and_so_is_one_that_is_not_there() {
    let store = Store::File(tempfile::tempdir().unwrap());
    let db = database(Engine::Sqlite);
    let path = store.path();
    let name = format!("{} (--signing-keys, ATIGIP_SIGNING_KEYS)", path.display());
    let told = refusal(&store, &db, &[]);
    assert!(
        told.contains(&name) && told.contains("`atigip keys rotate` makes one"),
        "{told}"
    );
    store.keys(&db, &["rotate"]).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it is made for its owner alone");
    for (mode, said) in [(0o604, "0604"), (0o620, "0620"), (0o606, "0606")] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let told = refusal(&store, &db, &[]);
        assert!(
            told.contains(&format!("its permissions are {said}")),
            "{told}"
        );
        assert!(
            store
                .keys(&db, &["rotate"])
                .unwrap_err()
                .contains("chmod 600")
        );
    }
    let two = refusal(&store, &db, &["--key-encryption-key", KEY]);
    assert!(
        two.contains("signing keys are in a file or in the database"),
        "{two}"
    );
    let nowhere = atigip(&db).args(["keys", "list"]).output().unwrap();
    let told = String::from_utf8(nowhere.stderr).unwrap();
    assert!(
        told.contains("no signing key is kept") && told.contains("on every node"),
        "{told}"
    );
}

#[test]
fn a_file_that_holds_no_usable_key_is_refused_in_a_sentence() {
    let store = Store::File(tempfile::tempdir().unwrap());
    let db = database(Engine::Sqlite);
    store.keys(&db, &["rotate"]).unwrap();
    let text = fs::read_to_string(store.path()).unwrap();
    let good: Value = serde_json::from_str(&text).unwrap();
    let with = |name: &str, value: Value| {
        let mut set = good.clone();
        set["keys"][0][name] = value;
        set
    };
    let other = URL_SAFE_NO_PAD.encode([9; 32]);
    for (set, said) in [
        (json!({"keys": []}), "no key that could sign now"),
        (
            with("exp", json!(seconds_from_now(60))),
            "no key that could sign now",
        ),
        (
            with("x", json!(other)),
            "`x` is not that of its private part",
        ),
        (with("kty", json!("RSA")), "only Ed25519 keys sign here"),
        (json!([]), "JSON Web Key Set"),
    ] {
        write(&store.path(), &set, 0o600);
        let told = refusal(&store, &db, &[]);
        assert!(
            told.contains(said) && told.contains("ATIGIP_SIGNING_KEYS"),
            "{told}"
        );
        assert!(!told.contains(good["keys"][0]["d"].as_str().unwrap()));
    }
    write(&store.path(), &good, 0o600);
    let mut check = atigip(&db);
    let done = check.arg("check").args(store.flags()).output().unwrap();
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(told.contains("Signing keys: 1"), "{told}");
}

#[test]
fn a_rotation_keeps_the_permissions_of_the_file_and_follows_its_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (
        folder.path().join("real.json"),
        folder.path().join("keys.json"),
    );
    let store = Store::File(folder);
    let db = database(Engine::Sqlite);
    store.keys(&db, &["rotate"]).unwrap();
    fs::rename(&link, &real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o400)).unwrap();
    // What a rotation that was cut short would leave.
    fs::write(real.with_extension("json.new"), "half").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o700)).unwrap();
    store.keys(&db, &["rotate"]).unwrap();
    let kept = fs::metadata(&real).unwrap().permissions().mode() & 0o777;
    assert_eq!(kept, 0o700);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(seeds(&link).len(), 2);
    assert!(!real.with_extension("json.new").exists());
    // Those who rotate at the same moment wait for each other.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| store.keys(&db, &["rotate"]).unwrap());
        }
    });
    assert_eq!(seeds(&link).len(), 6);
}
