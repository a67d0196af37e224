//! Which settings are refused, and how it is told.

use super::*;

#[test]
fn the_defaults_are_good() {
    let config = Config::default();
    assert_eq!(config.check(), Ok(()));
    assert_eq!(config.base(), "http://127.0.0.1:8080");
    assert_eq!(config.rate_address_per_minute.value(), NonZeroU32::new(600));
}

#[test]
fn a_wrong_setting_is_refused_by_flag_and_variable() {
    let refuse = |change: fn(&mut Config)| {
        let mut config = Config::default();
        change(&mut config);
        config.check().unwrap_err().to_string()
    };
    let said = refuse(|config| config.db_pool = 0);
    assert_eq!(
        said,
        "--db-pool (ATIGIP_DB_POOL): must be between 1 and 256"
    );
    let said = refuse(|config| config.public_url = Some("https://x/".to_owned()));
    assert!(
        said.starts_with("--public-url (ATIGIP_PUBLIC_URL): must be http"),
        "{said}"
    );
    let said = refuse(|config| config.database_url = "mysql://x".to_owned());
    assert!(
        said.starts_with("--database-url (DATABASE_URL): must begin"),
        "{said}"
    );
    let said = refuse(|config| config.key_encryption_key = Some("short".to_owned()));
    assert_eq!(
        said,
        "--key-encryption-key (ATIGIP_KEY_ENCRYPTION_KEY): must be 32 bytes in base64"
    );
    let said = refuse(|config| {
        config.key_encryption_key = Some("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=".to_owned());
        config.signing_keys = Some(PathBuf::from("keys.json"));
    });
    assert!(
        said.starts_with("--signing-keys (ATIGIP_SIGNING_KEYS): signing keys are in a file or"),
        "{said}"
    );
    let said = refuse(|config| {
        config.poll_ms = 1;
        config.workers = Some(0);
    });
    assert_eq!(said.lines().count(), 2, "every refusal at once: {said}");
}

#[test]
fn a_switch_is_off_or_has_a_value() {
    assert_eq!("off".parse(), Ok(Switch::<NonZeroU32>::Off));
    assert_eq!("0".parse(), Ok(Switch::<NonZeroU32>::Off));
    assert_eq!("7".parse::<Switch<u32>>(), Ok(Switch::On(7)));
    assert!("many".parse::<Switch<u32>>().is_err());
}
