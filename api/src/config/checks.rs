//! What a type alone cannot say of a setting.

use validator::ValidationError;

use crate::kernel::encoding::key_bytes;

pub(super) fn check_database_url(url: &str) -> Result<(), ValidationError> {
    let known = ["sqlite://", "postgres://", "postgresql://"];
    let path = known.iter().find_map(|scheme| url.strip_prefix(scheme));
    if path.is_some_and(|path| !path.is_empty()) {
        return Ok(());
    }
    Err(refused(
        "must begin with sqlite:// or postgres:// and name a database",
    ))
}

pub(super) fn check_public_url(url: &str) -> Result<(), ValidationError> {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let visible = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"?#<>\"".contains(&b));
    if visible && !url.ends_with('/') && host.is_some_and(|host| !host.is_empty()) {
        return Ok(());
    }
    Err(refused(
        "must be http:// or https:// and a host, without a final slash, `?` or `#`",
    ))
}

pub(super) fn check_key(key: &str) -> Result<(), ValidationError> {
    match key_bytes(key) {
        Some(_) => Ok(()),
        None => Err(refused("must be 32 bytes in base64")),
    }
}

fn refused(message: &'static str) -> ValidationError {
    ValidationError::new("setting").with_message(message.into())
}
