//! Which rule of a ruleset is meant.

use super::Ruleset;

/// A rule of a [`Ruleset`], by its field, and by its position where there are several.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Rule {
    /// The most continuous time.
    Continuous,
    /// Only declared drivers.
    DeclaredOnly,
    /// The most driving time.
    DrivingTimeMax(usize),
    /// The least driving time.
    DrivingTimeMin(usize),
    /// The most driving and spotting.
    Duty,
    /// The least part of an equal share.
    FairShare,
    /// The most drivers.
    MaxDrivers,
    /// The greatest part of all laps.
    MaxShare,
    /// The fewest awake.
    MinAwake,
    /// The fewest drivers.
    MinDrivers,
    /// The fewest stints of each.
    MinStints,
    /// The fewest stops.
    MinStops,
    /// Nobody drives and spots at once.
    NoSpottingDriver,
    /// The qualifier starts.
    QualifierStarts,
    /// The least rest.
    Rest,
    /// The longest stint.
    StintClock,
    /// The greatest part of the time.
    TimeShare,
    /// The most sets of tyres.
    TyreSets,
    /// The most driving within some time.
    Window(usize),
}

impl Ruleset {
    /// Which rules it has.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let single = [
            (Rule::Continuous, self.continuous.is_some()),
            (Rule::DeclaredOnly, self.declared_only),
            (Rule::Duty, self.duty.is_some()),
            (Rule::FairShare, self.fair_share.is_some()),
            (Rule::MaxDrivers, self.max_drivers.is_some()),
            (Rule::MaxShare, self.max_share.is_some()),
            (Rule::MinAwake, self.min_awake.is_some()),
            (Rule::MinDrivers, self.min_drivers.is_some()),
            (Rule::MinStints, self.min_stints.is_some()),
            (Rule::MinStops, self.min_stops.is_some()),
            (Rule::NoSpottingDriver, self.no_spotting_driver),
            (Rule::QualifierStarts, self.qualifier_starts),
            (Rule::Rest, self.rest.is_some()),
            (Rule::StintClock, self.stint_clock.is_some()),
            (Rule::TimeShare, self.time_share.is_some()),
            (Rule::TyreSets, self.tyre_sets.is_some()),
        ];
        let times = self.driving_time.iter().enumerate();
        let least = times.clone().filter(|(_, time)| time.min.is_some());
        let most = times.filter(|(_, time)| time.max.is_some());
        let single = single.into_iter().filter(|(_, is_there)| *is_there).map(|(rule, _)| rule);
        single
            .chain(least.map(|(at, _)| Rule::DrivingTimeMin(at)))
            .chain(most.map(|(at, _)| Rule::DrivingTimeMax(at)))
            .chain((0..self.windows.len()).map(Rule::Window))
            .collect()
    }

    /// The same without some rules. The positions are those in `self`.
    #[must_use]
    pub fn without(&self, rules: &[Rule]) -> Self {
        let mut left = self.clone();
        rules.iter().for_each(|rule| left.drop_single(*rule));
        let windows = self.windows.iter().enumerate();
        let windows = windows.filter(|(at, _)| !rules.contains(&Rule::Window(*at)));
        left.windows = windows.map(|(_, window)| *window).collect();
        left
    }

    fn drop_single(&mut self, rule: Rule) {
        match rule {
            Rule::Continuous => self.continuous = None,
            Rule::DeclaredOnly => self.declared_only = false,
            Rule::DrivingTimeMax(at) => {
                self.driving_time.iter_mut().skip(at).take(1).for_each(|t| t.max = None)
            }
            Rule::DrivingTimeMin(at) => {
                self.driving_time.iter_mut().skip(at).take(1).for_each(|t| t.min = None)
            }
            Rule::Duty => self.duty = None,
            Rule::FairShare => self.fair_share = None,
            Rule::MaxDrivers => self.max_drivers = None,
            Rule::MaxShare => self.max_share = None,
            Rule::MinAwake => self.min_awake = None,
            Rule::MinDrivers => self.min_drivers = None,
            Rule::MinStints => self.min_stints = None,
            Rule::MinStops => self.min_stops = None,
            Rule::NoSpottingDriver => self.no_spotting_driver = false,
            Rule::QualifierStarts => self.qualifier_starts = false,
            Rule::Rest => self.rest = None,
            Rule::StintClock => self.stint_clock = None,
            Rule::TimeShare => self.time_share = None,
            Rule::TyreSets => self.tyre_sets = None,
            Rule::Window(_) => {}
        }
    }
}
