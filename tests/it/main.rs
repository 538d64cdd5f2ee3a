//! Whole flows, over HTTP, against the sandbox.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod api;
mod availability;
mod board;
mod calendar;
mod checkin;
mod commands;
mod costs;
mod crews;
mod doors;
mod faults;
mod forms;
mod gone;
mod hands;
mod health;
mod hosting;
mod hung;
mod install;
mod killed;
mod late;
mod layers;
mod life;
mod many;
mod members;
mod moved;
mod native;
mod pace;
mod people;
mod profile;
mod programs;
mod put_away;
mod recurring;
mod redis;
mod reminders;
mod roster;
mod sheets;
mod sync;
mod teams;
mod twice;
mod world;
