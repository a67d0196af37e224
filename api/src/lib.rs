#![doc = include_str!("../README.md")]

pub mod activities;
pub mod catalogue;
pub mod changes;
pub mod cli;
pub mod clients;
pub mod code_lists;
pub mod config;
pub mod contacts;
pub mod establishments;
pub mod kernel;
pub mod oauth;
pub mod openapi;
pub mod platform;
pub mod server;
pub mod service;
pub mod territories;
