//! territories.
