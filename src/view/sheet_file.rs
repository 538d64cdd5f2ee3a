//! An event's sheet as a file.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    markup::{count, name},
    message::{Body, file, text},
};
use crate::domain::{
    event::Event,
    signup::{Sheet, Signup, SignupState},
    spreadsheet::export_csv,
    text::fold,
};

/// The columns.
const COLUMNS: [&str; 11] = [
    "name",
    "discord_account",
    "class",
    "car",
    "state",
    "waiting_place",
    "note",
    "checked_in_at",
    "attended",
    "signed_up_at",
    "promoted_at",
];

/// What goes out as a file with a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SheetFile {
    /// Its content.
    pub content: Vec<u8>,
    /// Its name.
    pub name: String,
}

/// One line of a sheet, with what isn't on it.
#[derive(Clone, Copy, Debug)]
pub struct SheetRow<'f> {
    /// What somebody said.
    pub line: &'f Signup,
    /// What the server calls them; none for somebody whom it was never seen to have.
    pub name: Option<&'f str>,
    /// When they first said anything.
    pub since: Option<Timestamp>,
}

/// The message with the event's sheet as a CSV file, in order of commits.
#[must_use]
pub fn csv(event: &Event, sheet: &Sheet, rows: &[SheetRow<'_>]) -> (Body, SheetFile) {
    let content = export_csv(&COLUMNS, rows.iter().map(|row| cells(event, sheet, row)));
    let name_of_file = format!("{}.csv", slug(event));
    let body = Body::new(vec![
        text(format!(
            "**{}:** {} on the sheet.",
            name(&event.name),
            count(rows.len(), "person is", "people are")
        )),
        file(&name_of_file),
    ]);
    (body, SheetFile { content, name: name_of_file })
}

/// The message with the event as a calendar file.
#[must_use]
pub fn calendar(event: &Event, content: Vec<u8>, file_name: &str) -> (Body, SheetFile) {
    let body = Body::new(vec![
        text(format!("**{}** for a calendar. Open the file to add the event to yours.", name(&event.name))),
        file(file_name),
    ]);
    (body, SheetFile { content, name: file_name.to_owned() })
}

fn cells(event: &Event, sheet: &Sheet, row: &SheetRow<'_>) -> [String; 11] {
    let line = row.line;
    let class = line.class.and_then(|id| event.class(id)).and_then(|class| class.name.as_ref());
    let waiting = (line.state == SignupState::Waiting).then(|| {
        let queue = line.class.into_iter().flat_map(|class| sheet.in_state(class, SignupState::Waiting));
        (queue.take_while(|other| other.user != line.user).count() + 1).to_string()
    });
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let attended = line.attended.map(|attended| if attended { "yes" } else { "no" });
    [
        row.name.unwrap_or_default().to_owned(),
        account(line.discord),
        class.map(ToString::to_string).unwrap_or_default(),
        line.car.as_ref().map(ToString::to_string).unwrap_or_default(),
        state(line.state).to_owned(),
        waiting.unwrap_or_default(),
        line.note.as_ref().map(ToString::to_string).unwrap_or_default(),
        time(line.checked_in_at),
        attended.unwrap_or_default().to_owned(),
        time(row.since),
        time(line.promoted_at),
    ]
}

fn account(account: Id<UserMarker>) -> String {
    account.to_string()
}

const fn state(state: SignupState) -> &'static str {
    match state {
        SignupState::In => "in",
        SignupState::Late => "late",
        SignupState::Tentative => "tentative",
        SignupState::Waiting => "waiting",
        SignupState::Withdrawn => "withdrawn",
        SignupState::Absent => "absent",
    }
}

/// A name for files: letters and digits of the event's name, joined by hyphens.
fn slug(event: &Event) -> String {
    let folded = fold(event.name.as_str());
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "sheet".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            name::Note,
            signup::SignupState::{In, Tentative, Waiting},
        },
        view::testing::{before, check, event, sheet},
    };

    #[test]
    fn every_line_is_a_row() {
        let event = event("GTP x 1\nGT3");
        let mut sheet = sheet(&event, &[(0, In, 1), (0, Waiting, 2), (1, Tentative, 1)]);
        let mut noted = sheet.lines()[0].clone();
        (noted.note, noted.checked_in_at) = (Note::parse("=1+1, nights").ok(), Some(before()));
        sheet = sheet.with(noted);
        let rows: Vec<SheetRow<'_>> = sheet
            .lines()
            .iter()
            .map(|line| SheetRow { line, name: Some("Ana"), since: Some(before()) })
            .collect();
        let (body, file) = csv(&event, &sheet, &rows);
        check(&body);
        assert_eq!(file.name, "spa-24-hours.csv");
        assert_snapshot!(String::from_utf8(file.content).unwrap().trim_start_matches('\u{feff}').replace('\r', ""), @r#"
        name,discord_account,class,car,state,waiting_place,note,checked_in_at,attended,signed_up_at,promoted_at
        Ana,1001,GTP,,in,,"'=1+1, nights",2026-12-01T12:00:00Z,,2026-12-01T12:00:00Z,
        Ana,1002,GTP,,waiting,1,,,,2026-12-01T12:00:00Z,
        Ana,1003,GTP,,waiting,2,,,,2026-12-01T12:00:00Z,
        Ana,1004,GT3,,tentative,,,,,2026-12-01T12:00:00Z,
        "#);
    }
}
