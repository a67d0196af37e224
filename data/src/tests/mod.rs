//! What the embedded data promises.

mod habilitations;
mod justice;
mod labels;
mod tables;
