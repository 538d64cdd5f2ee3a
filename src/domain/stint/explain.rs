//! Why a plan is as it is, and what is in the way of a better one.

use super::{
    plan::Plan,
    problem::{Cause, Person},
    score::Level,
    violation::Violation,
};

mod obstacle;
mod why;

pub(super) use self::{
    obstacle::obstacles,
    why::{as_long, given, others, why},
};

/// Why a stint is its driver's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Why {
    /// What speaks for it.
    pub because: Vec<Because>,
    /// What stands against everybody else who drives.
    pub others: Vec<Other>,
}

/// What speaks for a stint's driver.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Because {
    /// Nobody else can legally drive it, everything else as it is.
    OnlyOne,
    /// They would like to drive for at least half of it.
    Preferred,
    /// They like to start.
    LikesStart,
    /// They like to drive at night.
    LikesNight,
    /// They like two stints in a row, and this is one of those.
    LikesDoubles,
    /// Without it they would drive too little, by that rule.
    Needed(Violation),
    /// They rested for so long before it, more than they have to.
    Rested(super::Ms),
    /// They didn't say whether they can, for part of it.
    Unanswered,
}

/// What stands against somebody's driving a stint, everything else as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Other {
    /// What.
    pub bar: Bar,
    /// Who.
    pub person: Person,
}

/// What stands against somebody's driving a stint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Bar {
    /// It would be just as good.
    Equal,
    /// It would be better: the plan was made by hand, or isn't the best there is.
    None(Level),
    /// What would be wrong with it that isn't without.
    Violations(Vec<Violation>),
    /// It would be worse in that.
    Worse(Level),
}

/// What is in the way of a legal plan. Each is shown by a plan that is legal, or nearer to it, once it is gone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Obstacle {
    /// Each of these is: without any single one there is a legal plan. Rules that contradict each other are in one of these.
    AnyOf(Vec<Removal>),
    /// Without all of these together there is a legal plan, and none of them can stay for this one.
    AllOf {
        /// What.
        causes: Vec<Cause>,
        /// The plan that is legal without them.
        plan: Plan,
    },
    /// Without this, a plan is nearer to legal than any found with it.
    Partly {
        /// How far from legal the nearest plan is with it.
        from: u64,
        /// How far without.
        to: u64,
        /// What.
        removal: Removal,
    },
}

/// Something in the way, and what there is without it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Removal {
    /// What.
    pub cause: Cause,
    /// The plan without it.
    pub plan: Plan,
}

impl Bar {
    /// Whether it breaks nothing that isn't broken without.
    #[must_use]
    pub const fn is_legal(&self) -> bool {
        !matches!(self, Self::Violations(_))
    }
}
