//! establishments.
