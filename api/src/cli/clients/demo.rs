//! Clients of the demonstration: one a role, with a new secret at each start.

use std::io::{self, Write};

use domain::{
    changes::Actor,
    clients::{
        Client, ClientFacts, ClientSecret, ClientStatus, MAX_LIVE_SECRETS, MagistrateFunction,
        Organisation, OrganisationKind, Perimeter, PerimeterKind, Role, Secret, SecretSource,
    },
    establishments::Establishment,
    kernel::{Code, Id, Record},
    partners::Partner,
    territories::{DepartementCode, Direction},
};
use persistence::{Conn, clients, establishments, partners};

use super::{CliError, Tools, actor, check_places, made, refusal, refused, secret, sentence};

/// Where the clients of the demonstration are at home.
const DIRECTION: Direction = Direction::Bordeaux;
const DEPARTEMENT: &str = "33";
const PROBATION_SERVICE: &str = "gironde";
/// The judicial court of Bordeaux.
const COURT: &str = "100094";
/// The services of a ministry that the others belong to.
const MINISTRY: &str = "Ministère de la Justice (démonstration)";

/// A client of the demonstration, and the secret made for this start.
#[derive(Debug)]
pub struct DemoClient {
    /// Its role: there is one client of each.
    pub role: Role,
    /// The client and its secret.
    pub made: super::Made,
}

/// Makes sure that there is one client a role, marked as made for demonstration, and gives each
/// a new secret. The one before stays good, for a node that told it and still runs.
pub fn renew(tools: Tools<'_>, source: &dyn SecretSource) -> Result<Vec<DemoClient>, CliError> {
    let roles = Role::all().iter().filter(|role| **role != Role::Public);
    let drawn: Vec<(Role, Secret, ClientSecret)> = roles
        .map(|role| {
            let (secret, kept) = secret(tools, source, None)?;
            Ok((*role, secret, kept))
        })
        .collect::<Result<_, CliError>>()?;
    let actor = actor("demo")?;
    tools.db.write_blocking(|conn| {
        let home = Home::find(conn)?;
        let known = clients::all(conn)?;
        drawn
            .into_iter()
            .map(|(role, secret, kept)| {
                let known = known.iter().find(|it| it.demo && it.role == role);
                let client = match known {
                    Some(client) => client.id,
                    None => add(conn, tools, role, &home, &actor)?,
                };
                give(conn, tools, client, &kept, &actor)?;
                let made = made(client, secret, &kept);
                Ok(DemoClient { role, made })
            })
            .collect()
    })
}

/// Tells each client and its secret, and how to get a token.
pub fn tell(all: &[DemoClient], base: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = all.first() else {
        return Ok(());
    };
    writeln!(
        out,
        "Clients of the demonstration: role, client_id, client_secret"
    )?;
    for DemoClient { role, made } in all {
        let secret = made.secret.reveal();
        writeln!(out, "  {:<13}  {}  {secret}", role.code(), made.client)?;
    }
    let (id, secret) = (first.made.client, first.made.secret.reveal());
    writeln!(
        out,
        "Get a token      curl -u '{id}:{secret}' -d grant_type=client_credentials {base}/oauth/token"
    )
}

/// The establishment and the partner whose clients take part.
struct Home {
    establishment: Id<Establishment>,
    partner: Id<Partner>,
}

impl Home {
    /// The first open establishment of the directorate, and the first fictitious partner of the
    /// département.
    fn find(conn: &mut Conn) -> Result<Self, CliError> {
        let missing = |reason: &str| CliError::Demo {
            subject: DIRECTION.code().to_owned(),
            reason: reason.to_owned(),
        };
        let open = |it: &Establishment| it.direction == DIRECTION && it.closed_on.is_none();
        let establishments = establishments::all(conn)?.into_iter().filter(open);
        let establishment = establishments.min_by(|a, b| a.slug.cmp(&b.slug));
        let establishment = establishment.ok_or_else(|| missing("no establishment is open"))?;
        let own =
            |it: &Partner| it.demo && it.address.commune.departement().as_str() == DEPARTEMENT;
        let partners = partners::all(conn)?.into_iter().filter(own);
        let partner = partners.min_by(|a, b| a.name.cmp(&b.name));
        let partner = partner.ok_or_else(|| missing("no partner is fictitious"))?;
        Ok(Self {
            establishment: establishment.id,
            partner: partner.id,
        })
    }
}

fn add(
    conn: &mut Conn,
    tools: Tools<'_>,
    role: Role,
    home: &Home,
    actor: &Actor,
) -> Result<Id<Client>, CliError> {
    let departement: Result<DepartementCode, _> = DEPARTEMENT.parse();
    let departement = departement.map_err(refusal)?;
    let perimeter = match role.perimeter_kind() {
        PerimeterKind::None => Perimeter::None,
        PerimeterKind::Partner => Perimeter::Partner(home.partner),
        PerimeterKind::Establishment => Perimeter::Establishment(home.establishment),
        PerimeterKind::Direction => Perimeter::Direction(DIRECTION),
        PerimeterKind::Departements => Perimeter::Departements(vec![departement]),
        PerimeterKind::All => Perimeter::All,
    };
    let name = format!("{} (démonstration)", role.label());
    let facts = ClientFacts {
        name: name.parse().map_err(refusal)?,
        organisation: organisation(role, &perimeter)?,
        role,
        function: (role == Role::Magistrate).then_some(MagistrateFunction::Prosecutor),
        perimeter,
        scopes: role.allowed_scopes().to_vec(),
        status: ClientStatus::Active,
        demo: true,
    };
    let record = Record::created(tools.clock.now());
    let client = Client::new(Id::new(tools.ids.next()), record, facts)
        .and_then(|client| check_places(&client, tools.reference).map(|()| client))
        .map_err(|refusals| CliError::Client(refusals.iter().map(sentence).collect()))?;
    clients::insert(conn, &client, actor).map_err(refused)?;
    Ok(client.id)
}

/// The organisation of the client of a role: that of its perimeter, or one of the département.
fn organisation(role: Role, perimeter: &Perimeter) -> Result<Organisation, CliError> {
    if let Some(implied) = Organisation::implied(role, perimeter) {
        return Ok(implied);
    }
    let (kind, value) = match role.organisations().first() {
        Some(OrganisationKind::ProbationService) => {
            (OrganisationKind::ProbationService, PROBATION_SERVICE)
        }
        Some(OrganisationKind::Court) => (OrganisationKind::Court, COURT),
        _ => (OrganisationKind::Ministry, MINISTRY),
    };
    Organisation::of(kind, Some(value)).ok_or_else(|| refusal(value))
}

/// Adds a secret, after taking back the oldest ones for which there is no place left.
fn give(
    conn: &mut Conn,
    tools: Tools<'_>,
    client: Id<Client>,
    secret: &ClientSecret,
    actor: &Actor,
) -> Result<(), CliError> {
    let at = tools.clock.now();
    let kept = clients::secrets::of(conn, client)?;
    let too_many = (kept.len() + 1).saturating_sub(MAX_LIVE_SECRETS);
    for old in kept.iter().take(too_many) {
        clients::secrets::revoke(conn, client, old.id, at, actor)?;
    }
    clients::secrets::add(conn, client, secret, at, actor).map_err(refused)
}
