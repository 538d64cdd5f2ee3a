//! What is wrong with a field, in words.

use super::{repeat, time};
use crate::{
    domain::{
        car_list::{BadCar, CarFault},
        channel_name::{PatternError, Placeholder},
        class_list::{BadLine, Capacity, ClassFault, Classes},
        duration::{LengthError, RaceLength},
        name::{ClassName, NameError},
        refusal::Problem,
        reminder::{OffsetError, Offsets},
        role_map::{BadRoleLine, RoleLineFault},
        terms::MAX_CARS,
        text::truncate,
        zone::UnknownZone,
    },
    view::markup::{count, name, sentence, typed, when},
};

/// The most characters of a typed text that a sentence quotes.
const MAX_QUOTE: usize = 80;

/// The problem in a sentence or two that say what to type instead.
pub(super) fn words(problem: &Problem) -> String {
    match problem {
        Problem::Car(bad) => car(bad),
        Problem::ClassNameTaken => "Another class of the event is called that. Choose another name.".to_owned(),
        Problem::ClassNeedsName => "With several classes, each needs a name.".to_owned(),
        Problem::Cutoff(LengthError::TooLong { .. }) => "Type two weeks at most.".to_owned(),
        Problem::Cutoff(error) => length(error),
        Problem::CategoryComing => {
            "The series' own category is being made just now. Try again in a minute.".to_owned()
        }
        Problem::CategoryTaken => {
            "That category holds other events of the club's already. Choose another, or none to get a new one.".to_owned()
        }
        Problem::Classes(lines) => classes(lines),
        Problem::ClassInUse { class, people } => in_use(class.as_ref(), *people),
        Problem::EveryonesRole => {
            "Everybody has that role. Choose one that only some have.".to_owned()
        }
        Problem::Length(error) => length(error),
        Problem::ManagedRole => {
            "That role belongs to a bot or another integration. Choose one that you can give to people."
                .to_owned()
        }
        Problem::Name(error) => text(*error),
        Problem::Number { min, max } => format!("Type a whole number from {min} to {max}."),
        Problem::Offsets(error) => offsets(error),
        Problem::MayNotPost(lacking) => format!(
            "The bot can't write there: it lacks {}. Give them to the bot's role under Edit Channel → Permissions, or choose another \
             channel.",
            sentence(lacking, "and"),
        ),
        Problem::Repeat(error) => repeat::words(error),
        Problem::CarNumber(_) => "Type one to three digits, such as 7 or 007.".to_owned(),
        Problem::NumberReserved { event, team } => format!(
            "**{}** has that number in **{}**, and keeps it throughout the series. Choose another.",
            name(team),
            name(event),
        ),
        Problem::NumberTaken(team) => format!("**{}** has that number. Choose another.", name(team)),
        Problem::NumberOrEmpty { min, max } => {
            format!("Type a whole number from {min} to {max}, or leave it empty.")
        }
        Problem::NumberOrNever { min, max } => {
            format!("Type a whole number from {min} to {max}, or 0 for never.")
        }
        Problem::NotATextChannel => "Choose a text channel.".to_owned(),
        Problem::OverAlready(start) => {
            format!(
                "The race started {}; that long, it would be over already. Type a longer one.",
                when(*start)
            )
        }
        Problem::Pattern(error) => pattern(error),
        Problem::RoleAbove => "It stands above the bot's own role, so that the bot can't give it. Drag the bot's role above it under \
                               Server Settings → Roles, or choose another."
            .to_owned(),
        Problem::RoleLine(bad) => role_line(bad),
        Problem::StartedAlready(start) => {
            format!("The race started {}; its start can't be moved any more.", when(*start))
        }
        Problem::TemplateTaken { replaceable } => template_taken(*replaceable).to_owned(),
        Problem::Time(error) => time::words(error),
        Problem::Zone(unknown) => zone(unknown),
    }
}

fn car(bad: &BadCar) -> String {
    let line = format!("Line {}, {}:", bad.line, quote(&bad.typed));
    match bad.fault {
        CarFault::Duplicate { first } => {
            format!("{line} line {first} is the same car. Take one of them out.")
        }
        CarFault::Name(error) => format!("{line} {}", text(error)),
        CarFault::TooMany => format!("{line} a class has {MAX_CARS} cars at most."),
    }
}

/// A typed text in quotation marks.
pub(super) fn quote(text: &str) -> String {
    format!("“{}”", typed(text, MAX_QUOTE))
}

/// Examples of what to type, as code.
pub(super) fn examples(texts: impl IntoIterator<Item = String>, last: &str) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| code(&text)).collect();
    sentence(&texts, last)
}

/// A text as code, where nothing but a backtick means anything.
fn code(text: &str) -> String {
    format!("`{}`", truncate(&text.replace('`', ""), MAX_QUOTE))
}

fn text(error: NameError) -> String {
    match error {
        NameError::Empty => "It's empty. Type something.".to_owned(),
        NameError::Invisible => "Nothing of it can be seen. Type letters, digits or emoji.".to_owned(),
        NameError::TooLong { length, max } => {
            format!("It's {length} characters long, {max} at most. Most emoji count as two or more.")
        }
    }
}

fn offsets(error: &OffsetError) -> String {
    let example = examples([Offsets::default().to_string()], "or");
    match error {
        OffsetError::TooClose { .. } => {
            "A reminder comes 5 minutes before the start or earlier. Type a longer time.".to_owned()
        }
        OffsetError::TooEarly { .. } => {
            "A reminder comes 14 days before the start or later. Type a shorter time.".to_owned()
        }
        OffsetError::TooMany { count } => {
            format!("{count} reminders are too many: {} at most.", Offsets::MOST)
        }
        OffsetError::Unreadable { part } => format!(
            "I can't read {}. Type times with their units and commas between them, such as {example}; or off.",
            quote(part)
        ),
    }
}

fn role_line(bad: &BadRoleLine) -> String {
    let typed = quote(&bad.typed);
    match bad.fault {
        RoleLineFault::Name(error) => format!("In {typed}: {}", text(error)),
        RoleLineFault::NoSign => {
            format!("{typed} has no = in it. Type the Discord role, =, and what it is called in the club.")
        }
        RoleLineFault::Unknown => {
            format!(
                "{typed} begins with none of the roles chosen above. Choose the role, too, or take the line out."
            )
        }
    }
}

fn classes(lines: &[BadLine]) -> String {
    let lines: Vec<String> = lines.iter().map(class).collect();
    lines.join(" ")
}

fn class(bad: &BadLine) -> String {
    let line = format!("Line {} ({})", bad.line, quote(&bad.typed));
    match &bad.fault {
        ClassFault::Capacity { after_space, typed } => {
            let name = if *after_space {
                format!(" If {} belongs to the name, add `x any` behind it.", quote(typed))
            } else {
                String::new()
            };
            format!("{line}: a class has {} to {} places.{name}", Capacity::MIN, Capacity::MAX)
        }
        ClassFault::Duplicate { first } => {
            format!("{line} has the name of line {first}. Change or remove one.")
        }
        ClassFault::Name(error) => format!("{line}: {}", text(*error)),
        ClassFault::NoCapacity => format!("{line}: type the number of places after the x, as in `GT3 x 20`."),
        ClassFault::NoName => format!("{line}: give the class a name, as in `GT3 x 20`."),
        ClassFault::TooMany => format!("{line}: an event has {} classes at most.", Classes::MAX),
    }
}

fn in_use(class: Option<&ClassName>, people: usize) -> String {
    let class = class.map_or_else(|| "The class".to_owned(), |class| format!("**{}**", name(class)));
    format!(
        "{class} has {} signed up, so it has to stay. Ask them to withdraw or change class first.",
        count(people, "person", "people"),
    )
}

fn length(error: &LengthError) -> String {
    let bounds = format!("A race lasts from {} to {}", RaceLength::MIN, RaceLength::MAX);
    match error {
        LengthError::Empty => "Type how long the race is, such as `24h`, `2h40` or `2:40`.".to_owned(),
        LengthError::NoUnit { number } => {
            let choice = examples([format!("{number}h"), format!("{number}m")], "or");
            format!("Is {} hours or minutes? Type {choice}.", quote(number))
        }
        LengthError::PartOfAMinute { part } => {
            format!(
                "{} isn't a whole number of minutes. Type hours and minutes, such as `2h40`.",
                quote(part)
            )
        }
        LengthError::TooLong { .. } => format!("{bounds}. This is longer."),
        LengthError::TooShort { .. } => format!("{bounds}. This is shorter."),
        LengthError::Unreadable { part } => {
            format!("I can't read {}. Type something like `24h`, `2h40` or `2:40`.", quote(part))
        }
    }
}

fn pattern(error: &PatternError) -> String {
    let known = || examples(Placeholder::ALL.map(|known| format!("{{{}}}", known.word())), "and");
    match error {
        PatternError::Empty => "It's empty. Type a pattern such as `{series} {event} {date}`.".to_owned(),
        PatternError::Fixed => {
            format!("Every channel would have the same name. Use at least one of {}.", known())
        }
        PatternError::TooLong { length, max } => format!("It's {length} characters long, {max} at most."),
        PatternError::Unbalanced { at } => format!("A brace lacks its other half at {}.", quote(at)),
        PatternError::Unknown { word } => {
            format!("{} isn't known. Use {}.", quote(&format!("{{{word}}}")), known())
        }
    }
}

const fn template_taken(replaceable: bool) -> &'static str {
    if replaceable {
        "The club has a template of that name. Tick **Replace it**, or choose another name."
    } else {
        "The club has another template of that name. Choose another."
    }
}

fn zone(unknown: &UnknownZone) -> String {
    let typed = quote(&unknown.typed);
    if unknown.typed.trim().is_empty() {
        return "It's empty. Type a region and its city, such as `Europe/Berlin`.".to_owned();
    }
    if unknown.near.is_empty() {
        format!("I don't know the time zone {typed}. Type a region and its city, such as `Europe/Berlin`.")
    } else {
        format!("I don't know the time zone {typed}. Did you mean {}?", examples(unknown.near.clone(), "or"))
    }
}
