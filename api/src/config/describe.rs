//! The settings described: for `atigip check --config`, for `.env.sample`, for refusals.

use std::fmt::Write as _;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, parser::ValueSource};
use validator::ValidationError;

use super::Config;

/// One setting, as the process sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The flag, `--bind`.
    pub flag: String,
    /// The variable, `ATIGIP_BIND`.
    pub variable: String,
    /// The value in use; a password in it is hidden.
    pub value: String,
    /// Where it comes from: `flag`, `environment` or `default`.
    pub origin: &'static str,
    /// What it is for.
    pub meaning: String,
}

/// Every setting, in order, with the values that these arguments give.
#[must_use]
pub fn describe(matches: &ArgMatches) -> Vec<Setting> {
    arguments()
        .iter()
        .map(|argument| {
            let id = argument.get_id().as_str();
            let raw = matches.get_raw(id).into_iter().flatten();
            let values: Vec<String> = raw
                .map(|value| value.to_string_lossy().into_owned())
                .collect();
            Setting {
                flag: flag(argument),
                variable: variable(argument),
                value: shown(id, &values.join(",")),
                origin: match matches.value_source(id) {
                    Some(ValueSource::CommandLine) => "flag",
                    Some(ValueSource::EnvVariable) => "environment",
                    _ => "default",
                },
                meaning: meaning(argument),
            }
        })
        .collect()
}

/// `.env.sample`: every variable with its meaning and its default.
#[must_use]
pub fn env_sample() -> String {
    let mut sample = String::from(
        "# Every setting, at its default. Flags win over variables; see `atigip check --config`.\n",
    );
    for argument in arguments() {
        let defaults: Vec<String> = argument
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy().into_owned())
            .collect();
        let _ = write!(
            sample,
            "\n# {}\n# {}={}\n",
            meaning(&argument),
            variable(&argument),
            defaults.join(",")
        );
    }
    sample
}

/// Every setting at its default.
pub(super) fn defaults() -> Config {
    let command = Config::augment_args(Command::new("atigip").no_binary_name(true));
    let without_environment = command.mut_args(|argument| argument.env(None::<&str>));
    let matches = without_environment.get_matches_from(Vec::<String>::new());
    Config::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// A refusal that names the flag and the variable.
pub(super) fn refusal(field: &str, error: &ValidationError) -> String {
    let all = arguments();
    let argument = all.iter().find(|argument| argument.get_id() == field);
    let (flag, variable) = argument.map(|a| (flag(a), variable(a))).unwrap_or_default();
    let bound = |name: &str| {
        error
            .params
            .get(name)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let said = match &error.message {
        Some(message) => message.to_string(),
        None => format!("must be between {} and {}", bound("min"), bound("max")),
    };
    format!("{flag} ({variable}): {said}")
}

fn arguments() -> Vec<Arg> {
    let command = Config::augment_args(Command::new("atigip"));
    command.get_arguments().cloned().collect()
}

fn flag(argument: &Arg) -> String {
    argument
        .get_long()
        .map(|long| format!("--{long}"))
        .unwrap_or_default()
}

fn variable(argument: &Arg) -> String {
    argument
        .get_env()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn meaning(argument: &Arg) -> String {
    argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The settings whose values are keys.
const SECRETS: [&str; 2] = ["case_key", "key_encryption_key"];

/// The value as it may be told: a key never is.
fn shown(id: &str, value: &str) -> String {
    if SECRETS.contains(&id) && !value.is_empty() {
        return "***".to_owned();
    }
    hide_password(value)
}

/// `postgres://user:secret@host/db` → `postgres://user:***@host/db`
fn hide_password(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value.to_owned();
    };
    let Some((login, host)) = rest.rsplit_once('@') else {
        return value.to_owned();
    };
    let user = login.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:***@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_lists_every_setting() {
        let committed = include_str!("../../../.env.sample");
        assert_eq!(
            committed,
            env_sample(),
            "write .env.sample again from `env_sample()`"
        );
        assert!(
            arguments()
                .iter()
                .all(|argument| committed.contains(&variable(argument)))
        );
    }

    #[test]
    fn settings_say_where_they_come_from_and_keep_secrets() {
        let command = Config::augment_args(Command::new("atigip"));
        let url = "postgres://atigip:s3:cr@t@db/atigip";
        let arguments = [
            "atigip",
            "--database-url",
            url,
            "--db-pool",
            "3",
            "--key-encryption-key",
            "c2VjcmV0",
        ];
        let matches = command.get_matches_from(arguments);
        let settings = describe(&matches);
        let find = |flag: &str| {
            settings
                .iter()
                .find(|setting| setting.flag == flag)
                .unwrap()
        };
        assert_eq!(
            find("--database-url").value,
            "postgres://atigip:***@db/atigip"
        );
        assert_eq!(find("--database-url").origin, "flag");
        assert_eq!(find("--key-encryption-key").value, "***");
        assert_eq!(find("--db-pool").value, "3");
        assert_eq!(find("--log-format").value, "text");
        assert!(settings.iter().all(|setting| !setting.meaning.is_empty()));
    }
}
