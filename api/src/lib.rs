#![doc = include_str!("../README.md")]

pub mod catalogue;
pub mod config;
pub mod establishments;
pub mod contacts;
pub mod kernel;
pub mod openapi;
pub mod platform;
pub mod server;
pub mod service;
