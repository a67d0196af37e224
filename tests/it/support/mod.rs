//! What the tests share: a served platform on each engine, and a client that checks every
//! refusal by itself.

mod answer;
mod away;
mod client;
mod server;

pub(crate) use answer::Answer;
pub(crate) use away::Away;
pub(crate) use client::{Client, made, made_as, token_form};
pub(crate) use server::{KEY, Parts, SHARED, Server, atigip, each_engine, on};

/// Reads a file of the project.
pub(crate) fn project_file(path: &str) -> String {
    let path = project().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folder of the project.
pub(crate) fn project() -> std::path::PathBuf {
    let api = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    api.parent().unwrap().to_owned()
}

/// The instant so many seconds from now, as tokens write it.
#[expect(
    clippy::disallowed_methods,
    reason = "a served platform lives in real time, and so does who writes to it"
)]
pub(crate) fn seconds_from_now(seconds: i64) -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(now.unwrap().as_secs()).unwrap() + seconds
}
