//! Clients as they are typed, and those of the demonstration.

use std::sync::atomic::{AtomicU8, Ordering};

use clap::Parser;
use domain::clients::ChanceError;

use super::{demo::renew, *};
use crate::cli::{demo as parts, prepare::prepare, testing::Bench};

/// Bits that are different at each call.
struct Bits(AtomicU8);

impl SecretSource for Bits {
    fn bits(&self) -> Result<[u8; 32], ChanceError> {
        Ok([self.0.fetch_add(1, Ordering::Relaxed); 32])
    }
}

#[derive(Debug, Parser)]
struct Typed {
    #[command(subcommand)]
    clients: Clients,
}

struct Desk {
    bench: Bench,
    bits: Bits,
}

impl Desk {
    fn new() -> Self {
        let bench = Bench::new();
        prepare(bench.tools(), None).unwrap();
        Self {
            bench,
            bits: Bits(AtomicU8::new(0)),
        }
    }

    /// What is answered to what is typed after `atigip clients`.
    fn types(&self, typed: &[&str]) -> Result<String, CliError> {
        let typed = [&["clients"], typed].concat();
        let asked = Typed::try_parse_from(typed).unwrap().clients;
        let mut out = Vec::new();
        run(self.bench.tools(), &self.bits, asked, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// The id and the secret of a client that is created.
    fn creates(&self, flags: &[&str]) -> (String, Secret) {
        shown(
            &self
                .types(&[&["create", "--name", "Essai"], flags].concat())
                .unwrap(),
        )
    }

    /// What is answered to a client that is not created.
    fn refuses(&self, flags: &[&str]) -> String {
        let typed = [&["create", "--name", "Essai"], flags].concat();
        self.types(&typed).unwrap_err().to_string()
    }

    fn secrets(&self, client: &str) -> Vec<ClientSecret> {
        let client = client.parse().unwrap();
        let db = self.bench.db();
        db.read_blocking(|conn| clients::secrets::of(conn, client))
            .unwrap()
    }
}

fn shown(told: &str) -> (String, Secret) {
    let line = |name: &str| {
        let mut lines = told.lines();
        let line = lines.find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().to_owned()
    };
    (line("client_id"), line("client_secret").parse().unwrap())
}

const ADMINISTRATOR: [&str; 4] = ["--role", "administrator", "--scope", "clients:admin"];

#[test]
fn the_first_administrator_is_made_and_its_secret_is_shown_once() {
    let desk = Desk::new();
    let none = desk.types(&["list"]).unwrap();
    assert!(none.contains("There is no client."), "{none}");
    let (id, secret) = desk.creates(&ADMINISTRATOR);
    let kept = desk.secrets(&id);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].hash.verify(&secret));
    assert_eq!(kept[0].expires_at, None);
    let list = desk.types(&["list"]).unwrap();
    assert!(
        list.contains(&format!(
            "{id}  Essai (administrator, active)\n    agency=true; all=true; clients:admin\n"
        )),
        "{list}"
    );
    assert!(list.contains("ends never, last used never"), "{list}");
    let (_, digits) = secret.reveal().split_once('_').unwrap();
    assert!(
        !list.contains(digits) && !list.contains("argon2id"),
        "{list}"
    );
}

#[test]
fn a_secret_may_end() {
    let desk = Desk::new();
    let flags = [&ADMINISTRATOR[..], &["--expires-in-days", "30"]].concat();
    let (id, _) = desk.creates(&flags);
    let end = desk.secrets(&id)[0].expires_at.unwrap();
    assert_eq!(instant(end), "2026-12-22T09:30:00Z");
}

#[test]
fn a_client_has_what_its_role_allows_and_no_more() {
    let desk = Desk::new();
    let lille = ["--role", "direction", "--perimeter", "direction=lille"];
    let scope = ["--scope", "establishments:write,changes:read"];
    desk.creates(&[lille, [scope[0], scope[1], "--expires-in-days", "9"]].concat());
    let refuse = |flags: &[&str]| desk.refuses(flags);
    let before = desk.bench.changes();
    let said = refuse(&[&lille[..], &["--scope", "establishments:manage"]].concat());
    assert!(
        said.contains("/scopes/0 the role direction cannot have the scope establishments:manage"),
        "{said}"
    );
    let said = refuse(&[&lille[..2], &scope].concat());
    assert!(said.contains("--perimeter direction="), "{said}");
    let other = ["--role", "direction", "--perimeter", "departements=59"];
    let lille = ["--organisation", "direction=lille"];
    let said = refuse(&[&other[..], &lille, &scope].concat());
    assert!(said.contains("/perimeter"), "{said}");
    let missing = "establishment=00000000-0000-7000-8000-000000000001";
    let flags = ["--role", "establishment", "--perimeter", missing];
    let said = refuse(&[&flags[..], &["--scope", "changes:read"]].concat());
    assert!(said.contains("no establishment has the id"), "{said}");
    assert_eq!(desk.bench.changes(), before, "nothing is kept");
    for more in [
        &[][..],
        &["--scope", "all"],
        &["--scope", "changes:read", "--role", "king"],
        &["--scope", "changes:read", "--perimeter", "all"],
        &["--scope", "changes:read", "--organisation", "ministry"],
        &["--scope", "changes:read", "--expires-in-days", "0"],
    ] {
        let ministry = ["clients", "create", "--name", "Essai", "--role", "ministry"];
        let typed = [&ministry[..], more].concat();
        let error = Typed::try_parse_from(&typed).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{typed:?}");
    }
}

#[test]
fn a_client_belongs_to_an_organisation_that_is_known() {
    let desk = Desk::new();
    let scope = ["--scope", "changes:read"];
    let probation = ["--role", "probation", "--perimeter", "departements=33"];
    let said = desk.refuses(&[probation, [scope[0], scope[1], "--expires-in-days", "9"]].concat());
    assert!(said.contains("give --organisation"), "{said}");
    let of = |organisation| [&probation[..], &scope, &["--organisation", organisation]].concat();
    let said = desk.refuses(&of("probation_service=ain"));
    assert!(said.contains("the service serves 01, not 33"), "{said}");
    let said = desk.refuses(&of("probation_service=nulle_part"));
    assert!(said.contains("nothing has the code nulle_part"), "{said}");
    let said = desk.refuses(&of("court=100094"));
    assert!(said.contains("/organisation"), "{said}");
    desk.creates(&of("probation_service=gironde"));
    let list = desk.types(&["list"]).unwrap();
    assert!(
        list.contains("    probation_service=gironde; departements=33;"),
        "{list}"
    );
}

#[test]
fn a_client_is_suspended_and_resumed_unless_it_is_the_last_administrator() {
    let desk = Desk::new();
    let (first, _) = desk.creates(&ADMINISTRATOR);
    let error = desk.types(&["suspend", &first]).unwrap_err();
    assert!(
        error.to_string().contains("last active administrator"),
        "{error}"
    );
    desk.creates(&ADMINISTRATOR);
    let told = desk.types(&["suspend", &first]).unwrap();
    assert_eq!(told, format!("{first} is suspended.\n"));
    let list = desk.types(&["list"]).unwrap();
    assert!(list.contains("(administrator, suspended)"), "{list}");
    desk.types(&["resume", &first]).unwrap();
    let before = desk.bench.changes();
    desk.types(&["resume", &first]).unwrap();
    assert_eq!(desk.bench.changes(), before, "it was active already");
    let list = desk.types(&["list"]).unwrap();
    assert!(!list.contains("suspended"), "{list}");
    let nobody = "00000000-0000-7000-8000-00000000ffff";
    for command in ["suspend", "resume", "rotate-secret"] {
        let error = desk.types(&[command, nobody]).unwrap_err();
        assert!(
            error.to_string().contains("no client has the id"),
            "{error}"
        );
    }
}

#[test]
fn a_secret_is_rotated_with_an_overlap_or_without() {
    let desk = Desk::new();
    let (id, first) = desk.creates(&ADMINISTRATOR);
    let (_, second) = shown(&desk.types(&["rotate-secret", &id]).unwrap());
    let opens = |secret: &Secret| desk.secrets(&id).iter().any(|it| it.hash.verify(secret));
    assert!(opens(&first) && opens(&second));
    let error = desk.types(&["rotate-secret", &id]).unwrap_err();
    assert!(
        error.to_string().contains("2 secrets are already live"),
        "{error}"
    );
    assert!(error.cure().unwrap().contains("--revoke-others"));
    let third = desk.types(&["rotate-secret", &id, "--revoke-others"]);
    let (_, third) = shown(&third.unwrap());
    assert!(opens(&third) && !opens(&first) && !opens(&second));
}

#[test]
fn a_demonstration_has_a_client_of_each_role_with_a_new_secret_at_each_start() {
    let desk = Desk::new();
    let tools = desk.bench.tools();
    prepare(tools, Some(data::demo::SEED)).unwrap();
    let first = renew(tools, &desk.bits).unwrap();
    let roles: Vec<Role> = first.iter().map(|it| it.role).collect();
    assert_eq!(roles, Role::all()[1..]);
    let second = renew(tools, &desk.bits).unwrap();
    let third = renew(tools, &desk.bits).unwrap();
    let opens = |client: &demo::DemoClient| {
        let kept = desk.secrets(&client.made.client.to_string());
        kept.iter().any(|it| it.hash.verify(&client.made.secret))
    };
    for (first, (second, third)) in first.iter().zip(second.iter().zip(&third)) {
        assert_eq!(first.made.client, third.made.client);
        assert!(
            !opens(first) && opens(second) && opens(third),
            "{:?}",
            first.role
        );
    }
    let mut out = Vec::new();
    demo::tell(&third, "http://localhost", &mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    for client in &third {
        let line = format!("{}  {}", client.made.client, client.made.secret.reveal());
        assert!(told.contains(&line), "{told}");
    }
    assert!(told.contains("http://localhost/oauth/token"), "{told}");
    let mut out = Vec::new();
    demo::tell(&[], "http://localhost", &mut out).unwrap();
    assert_eq!(out, b"");
}

#[test]
fn clients_of_a_demonstration_are_refused_elsewhere_until_they_are_cleared() {
    let desk = Desk::new();
    let tools = desk.bench.tools();
    desk.creates(&ADMINISTRATOR);
    prepare(tools, Some(data::demo::SEED)).unwrap();
    renew(tools, &desk.bits).unwrap();
    let refused = prepare(tools, None).unwrap_err();
    assert!(matches!(refused, CliError::DemoPresent), "{refused}");
    parts::clear(tools).unwrap();
    prepare(tools, None).unwrap();
    let list = desk.types(&["list"]).unwrap();
    assert_eq!(list.matches("administrator, active").count(), 1, "{list}");
    assert!(!list.contains("demonstration"), "{list}");
}
