//! Clients that sign: keys made for tests, how they are registered, what they sign.

use std::cell::{Cell, RefCell};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::DateTime;
use domain::clients::{ClientKey, ClientKeys, Coordinate, PublicKey, RsaKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use persistence::{DbError, clients::jwks};
use serde_json::{Value, json};

use super::{FORM, SCOPES, refused};
use crate::support::{Answer, Server, made, seconds_from_now};

pub(super) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What stands before the 32 bytes of a key in PKCS#8, on each curve.
const ED25519: &str = "MC4CAQAwBQYDK2VwBCIEIA==";
const P256: &str = "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCA=";

/// An RSA key of 2048 bits, made for this test: it opens nothing.
const RSA: &str = "\
MIIEowIBAAKCAQEAnj/i5Bm/gVAj4i/LAspzpWQJhor9zkUW0I8aPP8iZU7e5cS0lOH9qe8BemxS4cygAhVZ1fNb\
+UyH8Ui5c48uBN3uRerf+LaTeDrdPjHHQm0SvzarF4S22y0cHFho52ZNCi/0tuodvuf66oaXZV8rFyPiAlHTWVxR\
oY5c4494+VR9RHIjR+vWJFXrdJPR8/X65SRi33QV6tfK/1IUecEEoDiGcRPbeG0Tr0PLUjiDQpwyjfN4VrWb6G0i\
1uPplocQP8c187ZX1QEgHaW54+1GaHrz3CnROO5bA48qtqxORZIXgUC0cnDt6/Oi1a1NGacrwbv15jPKGwY5DoeQ\
2SDcjwIDAQABAoIBABNtWV/ST2HDIlyarGv/yZm0wbycJJNlhOr+nmR9l83jFFcVwmuCoN7zQfWzBavFsKEA2QH8\
eb6NqCS1Xlry6V3clutLbcp9M3Zvl4iSmNktRb9mqTNebgpTK9/I9LvvoaaOA5dO/27X0MRo2H4v5DzXgV/yhqUy\
Qa05KmsfSmUlSj5I8gzwNL7tVLw4Vc2BQK01bIfq/vKtyvC+YtIl3gx9P8wwh5QCeO6DHh51JHoJa+fbyxqeaqGC\
Bg0thtd+naWJimBSLICF5vBs9nLN7Aloa00p3T0c5WJigtUxFXR84t5NzpO3mC7Wsd00eQt5sYSoh0OOqL9YM6g+\
j179dTkCgYEAyaDdXNQEHUlSttwLY/s0jqhduxm/GLxoWnJkNQOXzjiknVuu+9Kq3XJbH38UepvOYZwbePbfcUnr\
EwwG4HMQf2I3laRltIriwsmH5TGkmMqq5bQziLolzEYodr61YaGQk2Wpx5aQX7c11lR3WutD0y9hNT/YPP65wBQ8\
RZD6HocCgYEAyOxswInBtVnnhIod3e6agJpSHExxndBvKlc1UgpylLiEEkZ26A/4DTEeTEkmMxerV5P4pSNtcS4m\
b9kBJlDeyNyyKyQB+I7qFkxO3jOqCJesTMoK/Az+ieT4spwfH4BHOF9XtGEdKHNtxH1RbgGwz0LqtE0jtwxDd70N\
Lf2nC7kCgYEAhGyd1pD9HssAg07kQEdFjohv/yl6w+FCXF0TCWqRsoSrQRptQ8FqLUUlKfuJ1LkuBBfGR11FBZ/5\
v6m/fny0EiXMwgCWN8ycADjigxpms18wfOssiZlQp+hQPSUl9bhqPxSfPJHbwrGOr3UMau9nvXU50AJdoDngf5IK\
v9nnHFMCgYAQGgJNG70OT3oiQP9Lvcdb7wINioLAZufBuONpA7VS/cZ3wHXe+wih5gHLk0EgbxEoH4+ZjFFE9LHX\
3MgezfRMnIMaufP+e1V/G/ZmEDXcImuIa9idgl0Tp+nWRnSoDZunhNx+dBnmF/n/+RsBedk1guNUN6pZDP6LJfdc\
bCtq4QKBgC8zJUtXEnct51fox1zjmNb3rulcPpB4GbpqjkLKIceeijS855O6zGAPNYT4YZqvWi8TJ7xULLhe970Y\
b69fZ5F0aXavnie5RE5eCMpaJT94IwBJl+97mWcpTmDEYc3J72tMYRkOpxxyjWgP7tdrCr23wS4ShtDki0947Fwt\
K6vl";

/// A key of a client, with its private part.
pub(super) struct Signer {
    pub(super) kid: String,
    pub(super) algorithm: Algorithm,
    pub(super) private: EncodingKey,
}

impl Signer {
    pub(super) fn ed(kid: &str, byte: u8) -> Self {
        let der = [STANDARD.decode(ED25519).unwrap(), vec![byte; 32]].concat();
        Self::new(kid, Algorithm::EdDSA, EncodingKey::from_ed_der(&der))
    }

    pub(super) fn ec(kid: &str, byte: u8) -> Self {
        let der = [STANDARD.decode(P256).unwrap(), vec![byte; 32]].concat();
        Self::new(kid, Algorithm::ES256, EncodingKey::from_ec_der(&der))
    }

    pub(super) fn rsa(kid: &str, algorithm: Algorithm) -> Self {
        let der = STANDARD.decode(RSA).unwrap();
        Self::new(kid, algorithm, EncodingKey::from_rsa_der(&der))
    }

    fn new(kid: &str, algorithm: Algorithm, private: EncodingKey) -> Self {
        Self {
            kid: kid.to_owned(),
            algorithm,
            private,
        }
    }

    /// The public part as a JSON Web Key.
    pub(super) fn jwk(&self) -> Jwk {
        Jwk::from_encoding_key(&self.private, self.algorithm).unwrap()
    }

    /// The public part as an administrator registers it: with its name and its algorithm.
    pub(super) fn registered(&self) -> Value {
        let mut jwk = serde_json::to_value(self.jwk()).unwrap();
        (jwk["kid"], jwk["alg"]) = (json!(self.kid), json!(format!("{:?}", self.algorithm)));
        jwk
    }

    /// The public part as it is kept.
    fn public(&self) -> ClientKey {
        let jwk = serde_json::to_value(self.jwk()).unwrap();
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        let coordinate = |name: &str| Coordinate::new(&bytes(name)).unwrap();
        let rsa = || RsaKey::new(&bytes("n"), &bytes("e")).unwrap();
        let key = match self.algorithm {
            Algorithm::ES256 => PublicKey::Es256 {
                x: coordinate("x"),
                y: coordinate("y"),
            },
            Algorithm::EdDSA => PublicKey::EdDsa { x: coordinate("x") },
            Algorithm::RS256 => PublicKey::Rs256(rsa()),
            Algorithm::PS256 => PublicKey::Ps256(rsa()),
            other => panic!("{other:?}"),
        };
        let kid = self.kid.parse().unwrap();
        ClientKey { kid, key }
    }

    /// The header of what it signs.
    pub(super) fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.kid.clone());
        header
    }

    pub(super) fn sign(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.private).unwrap()
    }
}

/// Gives a client these keys in place of those it has.
pub(super) fn register(server: &Server, client: &str, signers: &[&Signer]) {
    let keys: Vec<ClientKey> = signers.iter().map(|signer| signer.public()).collect();
    let keys = ClientKeys::new(keys).unwrap();
    let at = DateTime::from_timestamp(seconds_from_now(0), 0).unwrap();
    let (id, actor) = (client.parse().unwrap(), "cli:test".parse().unwrap());
    let registered = server
        .db
        .db()
        .write_blocking(|conn| jwks::replace(conn, id, Some(&keys), at, &actor));
    let registered: Result<bool, DbError> = registered;
    assert!(registered.unwrap());
}

/// A client with these keys.
pub(super) fn client_with(server: &Server, signers: &[&Signer]) -> (String, String) {
    let client = made(server, "direction", "direction=lille", SCOPES);
    register(server, &client.0, signers);
    client
}

/// The claims of a good assertion, never twice the same.
pub(super) fn claims(issuer: &str, client: &str) -> Value {
    let at = seconds_from_now(0);
    json!({"iss": client, "sub": client, "aud": issuer, "iat": at, "nbf": at, "exp": at + 60,
        "jti": unique()})
}

fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

/// Asks for a token by an assertion; `more` begins with `&`.
pub(super) fn ask_signed(server: &Server, assertion: &str, more: &str) -> Answer {
    let kind = JWT_BEARER.replace(':', "%3A");
    let form = format!(
        "grant_type=client_credentials&client_assertion_type={kind}\
         &client_assertion={assertion}{more}"
    );
    server.send("POST", "/oauth/token", &[FORM], &form)
}

/// A client whose assertions are refused, and then another one: after ten failures a client
/// waits.
pub(super) struct Battery<'s> {
    server: &'s Server,
    signer: &'s Signer,
    client: RefCell<String>,
    failures: Cell<u32>,
}

impl<'s> Battery<'s> {
    pub(super) fn new(server: &'s Server, signer: &'s Signer) -> Self {
        let battery = Self {
            server,
            signer,
            client: RefCell::default(),
            failures: Cell::default(),
        };
        battery.renew();
        battery
    }

    fn renew(&self) {
        let (id, _) = made(self.server, "direction", "direction=lille", SCOPES);
        register(self.server, &id, &[self.signer]);
        self.client.replace(id);
        self.failures.set(0);
    }

    pub(super) fn client(&self) -> String {
        self.client.borrow().clone()
    }

    pub(super) fn claims(&self) -> Value {
        claims(&self.server.base, &self.client())
    }

    /// This assertion is refused as one that proves nothing.
    #[track_caller]
    pub(super) fn refuses(&self, assertion: &str) -> Answer {
        let answer = ask_signed(self.server, assertion, "");
        refused(&answer, 401, "invalid_client");
        assert_eq!(answer.header("www-authenticate"), "");
        self.failures.set(self.failures.get() + 1);
        if self.failures.get() == 9 {
            self.renew();
        }
        answer
    }

    /// So is one whose header and claims are changed so, and signed well.
    #[track_caller]
    pub(super) fn refuses_with(&self, change: impl FnOnce(&mut Header, &mut Value)) -> Answer {
        let (mut header, mut claims) = (self.signer.header(), self.claims());
        change(&mut header, &mut claims);
        self.refuses(&self.signer.sign(&header, &claims))
    }

    /// And one that is changed so is taken.
    #[track_caller]
    pub(super) fn takes_with(&self, change: impl FnOnce(&mut Header, &mut Value)) {
        let (mut header, mut claims) = (self.signer.header(), self.claims());
        change(&mut header, &mut claims);
        let answer = ask_signed(self.server, &self.signer.sign(&header, &claims), "");
        assert_eq!(answer.status, 200, "{header:?} {claims}: {}", answer.text());
    }
}
