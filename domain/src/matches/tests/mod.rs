//! Cases worked by hand, and what holds of every case.

mod establishments;
mod posts;
mod properties;
mod support;
