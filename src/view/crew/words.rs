//! What is claimed about crews, in words.

use jiff::SignedDuration;

use super::{
    super::markup::{count, name, sentence},
    CrewsView,
};
use crate::domain::crew::{Apart, Car, Certainty, Class, Fault, Obstacle, Person, Place, Reason, Span, Why};

/// In a longer race than this, a time of day isn't one instant.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How many people a sentence names.
const NAMED: usize = 6;
/// How many spans a sentence names.
const SPANS: usize = 3;

/// Something about a crew of so many.
pub(super) fn why(view: &CrewsView<'_>, why: &Why, size: usize) -> String {
    let who = |person: &Person| view.who(*person);
    match why {
        Why::Apart { person, partner, because } => {
            let where_to = match because {
                Apart::LeftOut => "who is in no crew",
                Apart::NoPlace => without_place(view.place(*partner)),
                Apart::OtherCar => "who chose another car",
                Apart::OtherClass => "who drives in another class",
                Apart::OtherCrew => "who is in another crew",
            };
            format!("{} wanted {}, {where_to}", who(person), who(partner))
        }
        Why::Car { car, chosen_by, any } => {
            let any = match any {
                0 => String::new(),
                any => format!(", {any} would drive any"),
            };
            let by = match chosen_by {
                0 => "nobody asked for another car".to_owned(),
                by => format!("{by} chose it"),
            };
            format!("{}: {by}{any}", car_name(view, *car))
        }
        Why::Covered { hours, able, needed } => {
            let spare = if able > needed { "" } else { ", just enough" };
            match is_whole(view, *hours) {
                true => format!("🕑 {able} awake at any time{spare}"),
                false => format!("🕑 At least {able} awake{spare}; fewest {}", span(view, *hours)),
            }
        }
        Why::Rating { mean, class_mean } => {
            format!("Average iRating {mean}; {class_mean} in the class")
        }
        Why::ReliesOnUnanswered { people, .. } if people.len() == size => {
            "❔ None of them has said when they can drive all of it".to_owned()
        }
        Why::ReliesOnUnanswered { hours, people } => {
            let verb = if people.len() == 1 { "hasn't" } else { "haven't" };
            format!("❔ Relies on {} {}, who {verb} answered", people_named(view, people), spans(view, hours))
        }
        Why::Together(one, other) => format!("{} and {} together, as wanted", who(one), who(other)),
    }
}

const fn without_place(place: Option<Place>) -> &'static str {
    match place {
        Some(Place::Aside) => "whom you left out",
        Some(Place::Tentative) => "who is only tentative",
        Some(Place::Waiting) => "who is on the waiting list",
        Some(Place::In) | None => "who has no place",
    }
}

/// Why a crew isn't legal.
pub(super) fn fault(view: &CrewsView<'_>, fault: &Fault) -> String {
    match fault {
        Fault::Cars(cars) => {
            let cars: Vec<String> = cars.iter().map(|car| car_name(view, *car)).collect();
            format!("its drivers chose {}", sentence(&cars, "and"))
        }
        Fault::CannotDriveAtAll(person) => format!("{} can't drive at any time", view.who(*person)),
        Fault::NoPlace(person, place) => {
            format!("{}, {}", view.who(*person), without_place(Some(*place)))
        }
        Fault::TooFew { people, min } => {
            format!("{}, {min} at least", count(*people, "driver", "drivers"))
        }
        Fault::TooMany { people, max } => {
            format!("{}, {max} at most", count(*people, "driver", "drivers"))
        }
        Fault::Uncovered { hours, able, needed } => {
            format!("{} of it can drive {}, {needed} have to", only(*able), span(view, *hours))
        }
        Fault::WrongClass(person, class) => {
            format!("{} drives in {}", view.who(*person), view.class_name(*class))
        }
    }
}

/// Why somebody is in no crew.
pub(super) fn reason(view: &CrewsView<'_>, reason: &Reason) -> String {
    match reason {
        Reason::NoPlace(Place::Aside) => "left out by you".to_owned(),
        Reason::NoPlace(Place::Tentative) => "only tentative".to_owned(),
        Reason::NoPlace(Place::Waiting) => "on the waiting list".to_owned(),
        Reason::NoPlace(Place::In) => "without a place".to_owned(),
        Reason::CannotDriveAtAll => "said no to every hour".to_owned(),
        Reason::TooFewForCar { car: Some(car), people, min } => {
            format!("only {people} could share the {}, {min} have to", car_name(view, *car))
        }
        Reason::TooFewForCar { car: None, people, min } => {
            format!("only {people} could share a car, {min} have to")
        }
        Reason::NoLegalCrew(Certainty::Proven) => {
            "no crew with them is legal, whoever else is in it".to_owned()
        }
        Reason::NoLegalCrew(Certainty::NoneFound) => "no legal crew with them was found".to_owned(),
        Reason::OthersFirst { example, certainty } => {
            let others = match certainty {
                Certainty::Proven => "then others couldn't drive, and no more could in all",
                Certainty::NoneFound => "no crews were found in which more can drive in all",
            };
            format!("could drive with {}; {others}", people_named(view, example))
        }
        Reason::NotPlaced { example } => {
            format!("could drive with {}", people_named(view, example))
        }
    }
}

/// The class that an obstacle is about.
pub(super) const fn class_of(obstacle: &Obstacle) -> Class {
    match obstacle {
        Obstacle::GridFull { class, .. }
        | Obstacle::LeftOver { class, .. }
        | Obstacle::SizesDontFit { class, .. }
        | Obstacle::TooFew { class, .. }
        | Obstacle::TooManyCrews { class, .. }
        | Obstacle::Uncovered { class, .. } => *class,
    }
}

/// What is in the way of everybody of a class being in a crew, and what would help.
pub(super) fn obstacle(view: &CrewsView<'_>, obstacle: &Obstacle) -> String {
    let in_class = |class: &Class| view.class_name(*class);
    match obstacle {
        Obstacle::GridFull { class, crews, seats, people } => format!(
            "{} has {}, and {} seat {seats} at most. More crews or larger ones would help: **Change rules**.",
            in_class(class),
            count(*people, "driver", "drivers"),
            count(*crews, "crew", "crews"),
        ),
        Obstacle::LeftOver { class, people, certainty, would_help } => {
            let sure = match certainty {
                Certainty::Proven => "and it can't be fewer",
                Certainty::NoneFound => "and no way with fewer was found",
            };
            let are = if *people == 1 { "is" } else { "are" };
            let helps = would_help.iter().take(2).map(|help| {
                let others: Vec<Person> =
                    help.crew.iter().copied().filter(|person| *person != help.person).collect();
                let (one, others) = (view.who(help.person), people_named(view, &others));
                format!(" {one} ({}) would make a crew with {others}.", place_word(view.place(help.person)))
            });
            let left = count(*people, "driver", "drivers");
            format!(
                "{left} of {} {are} in no legal crew, {sure}.{}",
                in_class(class),
                helps.collect::<String>()
            )
        }
        Obstacle::SizesDontFit { class, people, seats, missing, would_help } => {
            let more = match missing {
                Some(missing) => format!(
                    " With {} it would work out.{}",
                    count(*missing, "more driver", "more drivers"),
                    helpers(view, would_help, "could be one"),
                ),
                None => " Other sizes would help: **Change rules**.".to_owned(),
            };
            let drivers = count(*people, "driver", "drivers");
            format!("{drivers} of {} don't add up to crews of that size, {seats} do.{more}", in_class(class))
        }
        Obstacle::TooManyCrews { class, crews, limit } => format!(
            "{} has {}, {limit} may be. **Change rules**, or move people together.",
            in_class(class),
            count(*crews, "crew", "crews"),
        ),
        Obstacle::TooFew { class, car, people, min, would_help } => {
            let could = match car {
                Some(car) => format!("could share the {} in {}", car_name(view, *car), in_class(class)),
                None => format!("drive{} in {}", if *people == 1 { "s" } else { "" }, in_class(class)),
            };
            format!(
                "{} {could}, a crew has {min} at least.{}",
                upper(&only(*people)),
                helpers(view, would_help, "could join")
            )
        }
        Obstacle::Uncovered { class, car, hours, able, needed, would_help } => {
            let with = car.map(|car| format!(" with the {}", car_name(view, car))).unwrap_or_default();
            let help = match would_help.as_slice() {
                [] => " Nobody without a place can, either.".to_owned(),
                would_help => helpers(view, would_help, "can"),
            };
            format!(
                "{} in {}{with} can drive {}, {needed} have to.{help}",
                upper(&only(*able)),
                in_class(class),
                span(view, *hours),
            )
        }
    }
}

/// Who without a place could help, by where they stand.
fn helpers(view: &CrewsView<'_>, people: &[Person], can: &str) -> String {
    let mut groups = Vec::new();
    for place in [Place::Waiting, Place::Tentative, Place::Aside] {
        let of: Vec<Person> =
            people.iter().copied().filter(|person| view.place(*person) == Some(place)).collect();
        if !of.is_empty() {
            let word = place_word(Some(place));
            groups.push(format!(" {} {word} {can}: {}.", of.len(), people_named(view, &of)));
        }
    }
    groups.concat()
}

const fn place_word(place: Option<Place>) -> &'static str {
    match place {
        Some(Place::Aside) => "left out by you",
        Some(Place::Tentative) => "tentative",
        Some(Place::Waiting) => "on the waiting list",
        Some(Place::In) | None => "in",
    }
}

/// "nobody", "only 1", "only 2".
fn only(number: usize) -> String {
    if number == 0 { "nobody".to_owned() } else { format!("only {number}") }
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn car_name(view: &CrewsView<'_>, car: Car) -> String {
    view.preview.pool.car_name(car).map_or_else(|| "another car".to_owned(), name)
}

fn people_named(view: &CrewsView<'_>, people: &[Person]) -> String {
    let mut named: Vec<String> = people.iter().take(NAMED).map(|person| view.who(*person)).collect();
    match people.len() - named.len() {
        0 => {}
        more => named.push(format!("{more} more")),
    }
    sentence(&named, "and")
}

fn spans(view: &CrewsView<'_>, all: &[Span]) -> String {
    if all.iter().any(|span| is_whole(view, *span)) {
        return "throughout".to_owned();
    }
    let mut named: Vec<String> = all.iter().take(SPANS).map(|one| span(view, *one)).collect();
    match all.len() - named.len() {
        0 => {}
        more => named.push(format!("{more} more times")),
    }
    sentence(&named, "and")
}

/// Whether a span is the whole race.
fn is_whole(view: &CrewsView<'_>, span: Span) -> bool {
    span.len() == view.preview.pool.blocks.len()
}

/// A span in the reader's zone; with its days where the race is longer than one.
fn span(view: &CrewsView<'_>, span: Span) -> String {
    if is_whole(view, span) {
        return "at any time".to_owned();
    }
    let Some(block) = view.preview.pool.span(span) else { return String::new() };
    let is_long = view.event.length.duration() > DAY;
    let style = if is_long { 'f' } else { 't' };
    format!("<t:{}:{style}>–<t:{}:{style}>", block.from.as_second(), block.to.as_second())
}
