#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod kernel;

pub mod territories;

pub mod activities;
pub mod audit;

pub mod establishments;

pub mod contacts;

pub mod partners;

pub mod habilitations;
pub mod justice;

pub mod offers;

pub mod holds;

pub mod matches;

pub mod changes;

pub mod clients;

pub mod suggestions;
