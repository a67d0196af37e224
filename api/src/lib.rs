#![doc = include_str!("../README.md")]

use mimalloc::MiMalloc;

pub mod activities;
pub mod audit;
pub mod catalogue;
pub mod changes;
pub mod cli;
pub mod clients;
pub mod code_lists;
pub mod config;
pub mod contacts;
pub mod establishments;
pub mod habilitations;
pub mod holds;
pub mod kernel;
pub mod matches;
pub mod oauth;
pub mod offers;
pub mod openapi;
pub mod partners;
pub mod platform;
pub mod server;
pub mod service;
pub mod suggestions;
pub mod territories;

/// Every answer is made of some hundred small allocations, which this allocator gives and takes
/// back faster than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
