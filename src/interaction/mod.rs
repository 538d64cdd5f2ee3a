//! Interactions: who sent them, what they want, who handles them, and what Discord gets for an answer.
//!
//! A command, button or form is one value in a table ([`table`]); its handler returns an [`answer::Answer`] or a
//! [`failure::Failure`], and everything else is done for it.

pub mod answer;
mod check;
pub mod command;
pub mod deps;
pub mod desk;
pub mod dispatch;
pub mod failure;
pub mod fields;
pub mod form;
mod here;
pub mod incoming;
mod late;
pub mod limits;
pub mod option;
pub mod options;
pub mod picked;
pub mod press;
pub mod register;
pub mod registry;
mod route;
mod shown;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;
mod turn;
pub mod verify;
mod words;
