//! The people of an event, class by class and state by state, in as much text as there is room for.

use super::markup::{self, count, mention, name, typed};
use crate::domain::{
    event::{Class, Event},
    signup::{Sheet, Signup, SignupState},
    team::{Mate, Team, Teams},
    text::length,
};

/// What a class's block takes besides its headings, counts and people: ": " and " and 500 more" of each of three groups.
const BLOCK: usize = 3 * 16;
/// The most characters of a class's name, once escaped.
const MAX_NAME: usize = 48;
/// How many people a card names of each group of a class; the others are behind **Full list**.
const NAMED: [usize; 3] = [20, 5, 5];

/// The people of one class who come or may come, or those who haven't chosen one.
pub(super) struct ClassPeople<'f> {
    /// `None` for those who haven't chosen.
    class: Option<&'f Class>,
    /// The settled teams of the class, each with those of its people who have a place.
    crews: Vec<Crew<'f>>,
    /// Those in who are in no settled team, waiting and tentative, each in order of commits.
    groups: [Group<'f>; 3],
    places_left: Option<usize>,
}

/// A settled team.
struct Crew<'f> {
    people: Vec<&'f Signup>,
    /// Whether its people are named; otherwise they are counted.
    shown: bool,
    team: &'f Team,
}

struct Group<'f> {
    people: Vec<&'f Signup>,
    /// How many of them are named; the others are counted.
    shown: usize,
    state: SignupState,
}

impl<'f> ClassPeople<'f> {
    /// Those of every class, in the organiser's order, and then those who haven't chosen among several.
    pub(super) fn of(event: &'f Event, sheet: &'f Sheet, teams: &'f Teams) -> Vec<Self> {
        let is_only = event.classes.len() == 1;
        let of_class = |class: &'f Class| {
            let mut tentative: Vec<_> = sheet.in_state(class.id, SignupState::Tentative).collect();
            tentative.extend(is_only.then(|| sheet.undecided()).into_iter().flatten());
            let waiting = sheet.in_state(class.id, SignupState::Waiting).collect();
            let of_class = teams.settled().filter(|team| team.class == class.id);
            let crews: Vec<Crew<'f>> = of_class.map(|team| Crew::of(team, sheet)).collect();
            let is_crewed =
                |line: &Signup| crews.iter().any(|crew| crew.people.iter().any(|one| one.user == line.user));
            let coming = sheet.drivers(class.id).filter(|line| !is_crewed(line)).collect();
            Self {
                class: Some(class),
                groups: groups([coming, waiting, tentative]),
                crews,
                places_left: sheet.places_left(event, class),
            }
        };
        let mut all: Vec<Self> = event.classes.iter().map(of_class).collect();
        let tentative: Vec<_> = sheet.undecided().collect();
        if !is_only && !tentative.is_empty() {
            let groups = groups([Vec::new(), Vec::new(), tentative]);
            all.push(Self { class: None, crews: Vec::new(), groups, places_left: None });
        }
        all
    }

    /// Whether everybody who signs up now has to wait.
    pub(super) const fn is_full(&self) -> bool {
        matches!(self.places_left, Some(0))
    }

    /// Whether somebody isn't named.
    pub(super) fn hides_somebody(&self) -> bool {
        self.groups.iter().any(|group| group.shown < group.people.len())
            || self.crews.iter().any(|crew| !crew.shown)
    }

    fn block(&self) -> String {
        let [coming, ..] = &self.groups;
        let heading = match self.class.map(|class| &class.name) {
            Some(Some(class)) => format!("### {}\n", typed(class.as_str(), MAX_NAME)),
            Some(None) => String::new(),
            None => "### Class not chosen yet\n".to_owned(),
        };
        let crewed: usize = self.crews.iter().map(|crew| crew.people.len()).sum();
        let taken = self.class.map(|class| taken(coming.people.len() + crewed, class, self.places_left));
        let needs = self.class.map(needs).filter(|needs| !needs.is_empty());
        let crews = self.crews.iter().map(Crew::line);
        let groups = self.groups.iter().filter_map(|group| group.line(!self.crews.is_empty()));
        let lines: Vec<String> = taken.into_iter().chain(needs).chain(crews).chain(groups).collect();
        heading + &lines.join("\n")
    }
}

/// Those in, waiting and tentative, none of them named yet.
fn groups([coming, waiting, tentative]: [Vec<&Signup>; 3]) -> [Group<'_>; 3] {
    let group = |people, state| Group { people, shown: 0, state };
    [
        group(coming, SignupState::In),
        group(waiting, SignupState::Waiting),
        group(tentative, SignupState::Tentative),
    ]
}

impl<'f> Crew<'f> {
    fn of(team: &'f Team, sheet: &'f Sheet) -> Self {
        let line = |mate: &Mate| sheet.of(mate.user).filter(|line| line.state.has_place());
        Self { people: team.mates.iter().filter_map(line).collect(), shown: true, team }
    }

    fn line(&self) -> String {
        let number = self.team.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
        let called = format!("🏎️ **{}**{number}", typed(self.team.name.as_str(), MAX_NAME));
        let people: Vec<String> = self.people.iter().map(|line| person(line)).collect();
        match (self.shown, people.is_empty()) {
            (_, true) => format!("{called}: nobody now"),
            (true, false) => format!("{called}: {}", people.join(", ")),
            (false, false) => format!("{called}: {}", people.len()),
        }
    }
}

impl Group<'_> {
    /// Its people; of those who are in, those who are in no team where there are teams.
    fn line(&self, has_teams: bool) -> Option<String> {
        if self.people.is_empty() {
            return None;
        }
        let named: Vec<String> = (0..self.shown).filter_map(|at| self.entry(at)).collect();
        let label = match self.state {
            SignupState::In | SignupState::Late if has_teams => "✅ **In, no team yet**".to_owned(),
            SignupState::In | SignupState::Late => "✅ **In**".to_owned(),
            SignupState::Waiting => format!("⏳ **Waiting list** ({})", self.people.len()),
            SignupState::Tentative => format!("❔ **Tentative** ({})", self.people.len()),
            SignupState::Withdrawn | SignupState::Absent => return None,
        };
        let more = self.people.len() - self.shown;
        Some(match (named.is_empty(), more) {
            (true, _) => label,
            (false, 0) => format!("{label}: {}", named.join(", ")),
            (false, more) => format!("{label}: {} and {more} more", named.join(", ")),
        })
    }

    /// Names one more person, if there is one and room for them.
    fn name_next(&mut self, room: &mut usize) -> Option<()> {
        let entry = self.entry(self.shown)?;
        *room = room.checked_sub(length(&entry) + ", ".len())?;
        self.shown += 1;
        Some(())
    }

    /// The person at that place, numbered where the order matters to them.
    fn entry(&self, at: usize) -> Option<String> {
        let person = person(self.people.get(at)?);
        Some(if self.state == SignupState::Waiting { format!("{}. {person}", at + 1) } else { person })
    }
}

/// Somebody with what they drive, and whether they come late or have been offered a place.
pub(super) fn person(line: &Signup) -> String {
    let car = line.car.as_ref().filter(|_| line.state.has_place()).map(|car| format!(" ({})", name(car)));
    let mark = match line.state {
        SignupState::Late => "⏰ ",
        _ if line.offered_until().is_some() => "🎟️ ",
        _ => "",
    };
    format!("{mark}{}{}", mention(line.discord), car.unwrap_or_default())
}

/// Somebody with what they drive.
pub(super) fn driver(line: &Signup) -> String {
    let car = line.car.as_ref().map(|car| format!(" ({})", name(car)));
    format!("{}{}", mention(line.discord), car.unwrap_or_default())
}

/// Which roles a class needs; empty where it needs none.
fn needs(class: &Class) -> String {
    let roles: Vec<String> = class.roles.iter().copied().map(markup::role).collect();
    if roles.is_empty() { String::new() } else { format!("🔑 Needs {}", markup::sentence(&roles, "or")) }
}

fn taken(coming: usize, class: &Class, left: Option<usize>) -> String {
    match (class.capacity, left) {
        (Some(capacity), Some(0)) => format!("**{coming} of {capacity}** · full"),
        (Some(capacity), Some(left)) => {
            format!("**{coming} of {capacity}** · {} left", count(left, "place", "places"))
        }
        _ => format!("**{coming}** coming · no limit"),
    }
}

/// A block of text for each class, with as many people named as fit into `room` characters: those who are in first, then
/// those who wait, then the tentative ones, shared evenly among the classes. A class's first twenty drivers are named, and the first
/// five of those who wait or may come.
pub(super) fn within(classes: &mut [ClassPeople<'_>], room: usize) -> Vec<String> {
    if unnamed(classes) > room / 2 {
        classes.iter_mut().flat_map(|class| &mut class.crews).for_each(|crew| crew.shown = false);
    }
    let mut room = room.saturating_sub(unnamed(classes));
    for (rank, most) in NAMED.into_iter().enumerate() {
        loop {
            let groups = classes.iter_mut().map(|class| &mut class.groups[rank]);
            let named = groups
                .filter(|group| group.shown < most)
                .filter_map(|group| group.name_next(&mut room))
                .count();
            if named == 0 {
                break;
            }
        }
    }
    classes.iter().map(ClassPeople::block).collect()
}

/// How many characters the blocks take that name nobody yet.
pub(super) fn unnamed(classes: &[ClassPeople<'_>]) -> usize {
    classes.iter().map(|class| length(&class.block()) + BLOCK).sum()
}

/// How many said from the outset that they can't come; empty for none.
pub(super) fn absent(sheet: &Sheet) -> String {
    let absent = sheet.count(SignupState::Absent);
    if absent == 0 { String::new() } else { format!("🚫 **Absent:** {absent}") }
}
