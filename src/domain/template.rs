//! Templates: what an event is made from, kept under a name.

use super::{
    blueprint::Blueprint,
    id::{ClubId, SeriesId, TemplateId},
    name::EventName,
};

/// What events are made from, kept under a name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Template {
    /// What its events are like.
    pub blueprint: Blueprint,
    /// The club it belongs to.
    pub club: ClubId,
    /// Its identifier.
    pub id: TemplateId,
    /// Its name, unique in the club but for case. An event of it is called the same unless somebody types another.
    pub name: EventName,
    /// The series that its events belong to.
    pub series: Option<SeriesId>,
}
