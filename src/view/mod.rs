//! Facts → everything that people read: messages, cards, panels and forms. Pure: the same facts give the same bytes, whether
//! a click or a job sends them.

pub mod custom_id;
pub mod markup;
pub mod message;
