//! What the embedded data promises.

mod justice;
mod labels;
mod tables;
