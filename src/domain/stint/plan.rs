//! Stints, planned and driven.

use super::{
    problem::Person,
    time::{Ms, Span},
};

/// A stint that has been driven.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Driven {
    /// Who drove.
    pub driver: Person,
    /// When they came in.
    pub end: Ms,
    /// How many laps: at least 1.
    pub laps: u32,
    /// Who spotted.
    pub spotter: Option<Person>,
    /// When they went out.
    pub start: Ms,
}

/// A stint to be planned: what is decided about it. When it is follows from the stints before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Leg {
    /// Who drives.
    pub driver: Person,
    /// How many laps; `None` for as many as there can be.
    pub laps: Option<u32>,
    /// Who spots.
    pub spotter: Option<Person>,
}

/// A stint of a plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stint {
    /// Who drives.
    pub driver: Person,
    /// When they come in.
    pub end: Ms,
    /// The fuel for it, in millilitres; `None` where only the time of a tank is known.
    pub fuel: Option<u64>,
    /// Whether it begins on a new set of tyres.
    pub is_on_new_tyres: bool,
    /// How many laps.
    pub laps: u32,
    /// Who spots.
    pub spotter: Option<Person>,
    /// When they go out.
    pub start: Ms,
}

/// All stints of a race: those driven and then those to come.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// How many of them have been driven.
    pub driven: usize,
    /// The stints.
    pub stints: Vec<Stint>,
}

impl Stint {
    /// From when to when it is.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// How long it is.
    #[must_use]
    pub fn time(&self) -> Ms {
        self.span().len()
    }
}

impl Plan {
    /// The stints still to come.
    #[must_use]
    pub fn to_come(&self) -> &[Stint] {
        self.stints.get(self.driven..).unwrap_or_default()
    }

    /// What is decided about the stints to come, the laps included.
    #[must_use]
    pub fn legs(&self) -> Vec<Leg> {
        let leg =
            |stint: &Stint| Leg { driver: stint.driver, laps: Some(stint.laps), spotter: stint.spotter };
        self.to_come().iter().map(leg).collect()
    }

    /// How many laps all stints have.
    #[must_use]
    pub fn laps(&self) -> u32 {
        self.stints.iter().map(|stint| stint.laps).sum()
    }
}
