//! Whole flows, over HTTP, against the sandbox.

mod commands;
mod hosting;
mod layers;
