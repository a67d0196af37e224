//! What the embedded data promises.

mod habilitations;
mod labels;
mod tables;
