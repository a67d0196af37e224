//! What the embedded data promises.

mod labels;
mod tables;
