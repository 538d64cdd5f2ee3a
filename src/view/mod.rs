//! Facts → everything that people read: messages, cards, panels and forms. Pure: the same facts give the same bytes, whether
//! a click or a job sends them.

pub mod announce;
pub mod attendance;
pub mod board;
pub mod calendar;
pub mod card;
pub mod check_in;
pub mod classes;
pub mod conflict;
pub mod crew;
pub mod custom_id;
pub mod digest;
pub mod entries;
pub mod error;
pub mod everybody;
pub mod fate;
pub mod field;
pub mod health;
pub mod help;
pub mod hours;
pub mod import;
pub mod info;
pub mod link;
pub mod list;
pub mod manage;
pub mod markup;
pub mod matched;
pub mod members;
pub mod message;
pub mod modal;
pub mod native;
mod pages;
pub mod panel;
pub mod partners;
mod people;
pub mod profile;
pub mod question;
pub mod readiness;
pub mod refusal;
pub mod reminder;
pub mod repeat;
pub mod reply;
pub mod room;
pub mod series;
pub mod settings;
pub mod sheet_file;
pub mod signup;
pub mod sync;
pub mod team;
pub mod template;
pub mod update;

/// Counts every change of how something is drawn. What an older version drew never overwrites what a newer one did.
pub const VIEW_VERSION: i32 = 1;

#[cfg(test)]
pub(crate) mod testing;
