//! The people of an event, class by class and state by state, in as much text as there is room for.

use twilight_model::id::{Id, marker::UserMarker};

use super::markup::{count, mention, typed};
use crate::domain::{
    event::{Class, Event},
    signup::{Sheet, SignupState},
    text::length,
};

/// What a class's block takes besides its headings, counts and people: ": " and " and 500 more" of each of three groups.
const BLOCK: usize = 3 * 16;
/// The most characters of a class's name, once escaped.
const MAX_NAME: usize = 48;

/// The people of one class who come or may come, or those who haven't chosen one.
pub(super) struct ClassPeople<'f> {
    /// `None` for those who haven't chosen.
    class: Option<&'f Class>,
    /// In, waiting and tentative, each in order of commits.
    groups: [Group; 3],
    places_left: Option<usize>,
}

struct Group {
    people: Vec<Id<UserMarker>>,
    /// How many of them are named; the others are counted.
    shown: usize,
    state: SignupState,
}

impl<'f> ClassPeople<'f> {
    /// Those of every class, in the organiser's order, and then those who haven't chosen among several.
    pub(super) fn of(event: &'f Event, sheet: &Sheet) -> Vec<Self> {
        let undecided = || sheet.undecided().map(|line| line.discord);
        let is_only = event.classes.len() == 1;
        let of_class = |class: &'f Class| {
            let people = |state| sheet.in_state(class.id, state).map(|line| line.discord).collect::<Vec<_>>();
            let mut tentative = people(SignupState::Tentative);
            tentative.extend(is_only.then(undecided).into_iter().flatten());
            Self {
                class: Some(class),
                groups: groups([people(SignupState::In), people(SignupState::Waiting), tentative]),
                places_left: sheet.places_left(class),
            }
        };
        let mut all: Vec<Self> = event.classes.iter().map(of_class).collect();
        let tentative: Vec<_> = undecided().collect();
        if !is_only && !tentative.is_empty() {
            let groups = groups([Vec::new(), Vec::new(), tentative]);
            all.push(Self { class: None, groups, places_left: None });
        }
        all
    }

    /// Whether everybody who signs up now has to wait.
    pub(super) const fn is_full(&self) -> bool {
        matches!(self.places_left, Some(0))
    }

    fn block(&self) -> String {
        let [coming, ..] = &self.groups;
        let heading = match self.class.map(|class| &class.name) {
            Some(Some(class)) => format!("### {}\n", typed(class.as_str(), MAX_NAME)),
            Some(None) => String::new(),
            None => "### Class not chosen yet\n".to_owned(),
        };
        let taken = self.class.map(|class| taken(coming.people.len(), class, self.places_left));
        let lines: Vec<String> =
            taken.into_iter().chain(self.groups.iter().filter_map(Group::line)).collect();
        heading + &lines.join("\n")
    }
}

/// Those in, waiting and tentative, none of them named yet.
fn groups([coming, waiting, tentative]: [Vec<Id<UserMarker>>; 3]) -> [Group; 3] {
    let group = |people, state| Group { people, shown: 0, state };
    [
        group(coming, SignupState::In),
        group(waiting, SignupState::Waiting),
        group(tentative, SignupState::Tentative),
    ]
}

impl Group {
    fn line(&self) -> Option<String> {
        if self.people.is_empty() {
            return None;
        }
        let named: Vec<String> = (0..self.shown).filter_map(|at| self.entry(at)).collect();
        let label = match self.state {
            SignupState::In => "✅ **In**".to_owned(),
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
        let person = mention(*self.people.get(at)?);
        Some(if self.state == SignupState::Waiting { format!("{}. {person}", at + 1) } else { person })
    }
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
/// those who wait, then the tentative ones, shared evenly among the classes.
pub(super) fn within(mut classes: Vec<ClassPeople<'_>>, room: usize) -> Vec<String> {
    let mut room = room.saturating_sub(unnamed(&classes));
    for rank in 0..3 {
        loop {
            let named =
                classes.iter_mut().filter_map(|class| class.groups[rank].name_next(&mut room)).count();
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
    let absent = sheet.lines().iter().filter(|line| line.state == SignupState::Absent).count();
    if absent == 0 { String::new() } else { format!("🚫 **Absent:** {absent}") }
}
