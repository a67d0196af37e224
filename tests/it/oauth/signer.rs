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
MIIEowIBAAKCAQEAyxZ/MlzbwlWRk9XOUvZ6e/OtXVMs1yN5uJ5qBPfmYsyXXXNO6rLYVdgMlg6DJSQ52RcLpkRI\
Pb1ZgjNWWjubII0UTXfEtj1BlFyiAAyNT6Jnwz/Xm0B4PLVWoPwc1BUwOF81Ho+5APHjoUUK4HRAKR9d7ILsmQyt\
U6fGce6KpV3+yIc2+6sOWOz074hJ1QZGdD/iMVBC7Ecc7lnkzFuQZggIatKxAfnJuDc1Uj2E/j1uTy2rNNbDOE6T\
LWrlR2kTsf3pQ0i07N08mSr7GV3ULR5ebMzDnDFOvFEqup5PHhOknO351nuj380mcxIYH5GZjqGbTtP+1spOtsUo\
11PnkwIDAQABAoIBABt7HawkH5fyOe2YxWoO20Um6fh9Fvi9CVgKQPYPe4KMBRbKpyJKysusSAu4HAFByn14nlrE\
gPKwdXURBagrylKDH1JaQ2lA7GerNJVayCEUrK4hgfHgApp9vqKwatA8q8E9CjQ/+3ydaWbQWmfuoyNNZh6+b/id\
MV5mugt/CA4skLivQjKdiy/Rta7kNO6ZaSlSRWXqaJixJivi0nKE/yTzmlIlr42kefqYh6Z3ZnIm/49KcL7FZTUS\
c06EAQMCHNZ5Wck4ucJ1sE1IbQmm+FoTlDu5slR/+NTxXNBdx0w8LPH2H2vwHvcvKWaHekkNqv23+/HkWhdb+fWl\
Sn7gKSECgYEA/WoZQtfk/VKP4VWe2narC6de8ZHCSMzV2zYqwJE7ZN71HoFqjZynbYGPvf0+2VFirfF6RllRps9c\
9GUhMTs7eg8yXOIgXJvwjAx1ThGTnD8xAvEOXgjQmxIstXmUVcocNM6jL8A3pMYX/DP5Ohsu2TqVaKJMv0bNDFFx\
t3Gy9XMCgYEAzSjy18WJ/9adgOUKy9m+mkbpjOy2fLS4+MpAHZEzLx0NNZlxtiv07EJcDsKlUbkjnuyuM55DqiT9\
j3RvEjyEg69FHFQ6wg+w1xabY0Ww2BCIDFqotgXvBvpkh/y1GDOAUMFOAbUrUpIugZpfzer73yvmFWV95BXkos8e\
C0O1vWECgYAl1gaJhWSKMh6LXVZHdfpZ1haF6OZiKjsv7Kl7cPO2PtfIQzhehmo1HmgQzNPqbI1YPTqtcD6RslpF\
nyfSiu55bfVuCtEcIqhKsL1+937bkE/ICafEgHps/MyyF8H/ARsvAz84LPHh5zXDkRsAAvj+tBGEut7MnEyXLz3U\
TuSSYwKBgDdoq82iyFaUfA1nzranpFa+eC1bcR3VIW/wD8jsgkpjKkIjoxZ0YL2+XmaOI2AjBH/TpGjEgbneK60m\
4Sint5JpL90q0oO/AR/WNzlkhRKVxGixw4cFqzzTO3uOwMo8fpdQ3eSQLZcra+wM6XsPz97CWG3G720+jHV8Qr0A\
GIGBAoGBAN8ccuKQbJJzlV2lf+hCvRH20vF5l5bgV8jNa8TeCFXtgR90xSoiEiF8illaI5l67qsLNLdK+w4LHraK\
nhJ7NiZtKtQRoRPQJBpo7Nzym8oAM30CumpuX2bVz8qeHDYG5KUI5bX6PU+/glAjHb6O782BBsPGJ5fqWp6Fy4bt\
PvZ1";

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
