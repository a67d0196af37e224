//! Logs: a readable line by default, or a JSON object a line, with the same key-values.

use std::io::{self, Write};

use env_logger::{Builder, Target, fmt::Formatter};
use log::{
    Record,
    kv::{self, Key, Value, VisitSource},
};
use serde_json::{Map, Value as Json};

use crate::config::LogFormat;

/// Starts the logger of the process, once; a second call changes nothing.
pub fn start(filter: &str, format: LogFormat) {
    let mut builder = Builder::new();
    builder.parse_filters(filter).target(Target::Stderr);
    if format == LogFormat::Json {
        builder.format(json_line);
    }
    if builder.try_init().is_err() {
        log::debug!("The logger was already started.");
    }
}

fn json_line(out: &mut Formatter, record: &Record<'_>) -> io::Result<()> {
    let time = out.timestamp_millis().to_string();
    writeln!(out, "{}", json_of(&time, record))
}

fn json_of(time: &str, record: &Record<'_>) -> Json {
    let mut members = Members(Map::new());
    members.text("time", time);
    members.text("level", record.level().as_str());
    members.text("target", record.target());
    members.text("message", &record.args().to_string());
    if record.key_values().visit(&mut members).is_err() {
        members.text("note", "some fields could not be read");
    }
    Json::Object(members.0)
}

struct Members(Map<String, Json>);

impl Members {
    fn text(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), Json::from(value));
    }
}

impl<'kvs> VisitSource<'kvs> for Members {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), kv::Error> {
        let written =
            serde_json::to_value(&value).unwrap_or_else(|_| Json::from(value.to_string()));
        self.0.insert(key.as_str().to_owned(), written);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_line_holds_the_key_values() {
        let fields: &[(&str, Value<'_>)] =
            &[("status", Value::from(200)), ("route", Value::from("/v1"))];
        let record = Record::builder()
            .level(log::Level::Info)
            .target("http")
            .key_values(&fields)
            .args(format_args!("say \"hi\""))
            .build();
        let line = json_of("2026-07-01T00:00:00.000Z", &record);
        assert_eq!(line["status"], 200);
        assert_eq!(line["route"], "/v1");
        assert_eq!(line["message"], "say \"hi\"");
    }
}
