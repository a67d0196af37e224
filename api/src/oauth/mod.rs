//! Tokens: who a client is (RFC 6749, client credentials), what it is given (RFC 9068), and
//! how a token is taken back (RFC 7009). These addresses alone answer OAuth's own errors.

mod credentials;
mod error;
mod failures;
mod form;
pub mod keys;
mod metadata;
mod revoke;
mod token;

use crate::kernel::routes::Routes;

pub use failures::{FAILURES_POLICY, Failures, MAX_FAILURES};

/// The routes.
pub fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(token::create_token)
        .service(revoke::revoke_token)
        .service(metadata::get_keys)
        .service(metadata::get_metadata);
}
