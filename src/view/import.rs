//! What `/club import` says: what a roster would change, how far it has got, and what came of it.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{count, ended, sentence, typed},
    message::{Body, button, enabled, row, text},
};
use crate::domain::{
    id::ImportId,
    roster::preview::{BadRow, Counts, Preview},
    text::{length, truncate},
};

/// The most characters of a file's name.
const MAX_FILE: usize = 100;
/// The most characters of a line that isn't taken.
const MAX_LINE: usize = 400;
/// The most characters of a page of such lines.
const MAX_PAGE: usize = 2_400;
/// How many headers are named that mean nothing here.
const HEADERS: usize = 10;

/// What importing a file would come to, with a page of the lines that aren't taken; the last one where the one asked for doesn't exist.
#[must_use]
pub fn preview(file: &str, preview: &Preview, import: ImportId, page: u16) -> Body {
    let counts = &preview.counts;
    let mut parts = vec![text(format!("# {}\n{}", name(file), planned(counts)))];
    let notes = notes(preview);
    if !notes.is_empty() {
        parts.push(text(notes.join("\n")));
    }
    let pages = pages(&preview.bad);
    let last = u16::try_from(pages.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let page = page.min(last);
    if let Some(lines) = pages.get(usize::from(page)) {
        parts.push(text(not_taken(preview.bad.len(), (usize::from(page), pages.len()), lines)));
    }
    if last > 0 {
        let turn = |page| Press::ImportPage { import, page };
        // Two buttons can't have one id: the one that leads nowhere has a page that isn't there.
        let (earlier, later) = (turn(page.checked_sub(1).unwrap_or(u16::MAX)), turn(page.saturating_add(1)));
        parts.push(row([
            enabled(button(ButtonStyle::Secondary, "Earlier lines", &earlier), page > 0),
            enabled(button(ButtonStyle::Secondary, "Later lines", &later), page < last),
        ]));
    }
    let cancel = button(ButtonStyle::Secondary, "Cancel", &Press::CancelImport(import));
    if counts.written() > 0 {
        parts.push(row([button(ButtonStyle::Success, "Confirm", &Press::ConfirmImport(import)), cancel]));
    } else if !preview.bad.is_empty() {
        parts.push(row([cancel]));
    }
    Body::new(parts)
}

fn planned(counts: &Counts) -> String {
    match (counts.written(), counts.unchanged) {
        (0, 0) => {
            "No line can be taken, so there is nothing to import. Mend them and run `/club import` again."
                .to_owned()
        }
        (0, unchanged) => format!(
            "Nothing to import: the roster has {} just as the file does.",
            count(unchanged, "person", "people"),
        ),
        _ => format!(
            "**{}.**\nNothing is imported yet: **Confirm** does it, within the hour.",
            told(counts, true),
        ),
    }
}

/// The counts in words: `12 new, 3 changed and 40 unchanged`.
fn told(counts: &Counts, with_unchanged: bool) -> String {
    let words = [
        (counts.new, "new"),
        (counts.reconnected, "known from Discord and put on the roster"),
        (counts.changed, "changed"),
        (if with_unchanged { counts.unchanged } else { 0 }, "unchanged"),
    ];
    let words: Vec<String> =
        words.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    sentence(&words, "and")
}

fn notes(preview: &Preview) -> Vec<String> {
    let mut notes = Vec::new();
    if preview.missing > 0 {
        notes.push(match preview.missing {
            1 => "1 person of the roster isn't in the file, and stays as they are.".to_owned(),
            many => format!("{many} people of the roster aren't in the file, and stay as they are."),
        });
    }
    if !preview.ignored.is_empty() {
        let mut headers: Vec<String> =
            preview.ignored.iter().take(HEADERS).map(|header| format!("`{header}`")).collect();
        if let Some(more) = preview.ignored.len().checked_sub(HEADERS).filter(|more| *more > 0) {
            headers.push(format!("{more} more"));
        }
        notes.push(format!("Columns that mean nothing here: {}.", sentence(&headers, "and")));
    }
    if preview.is_guess {
        notes.push(
            "The file doesn't say how it is encoded; Windows-1252 was guessed. Where accents look wrong, cancel and save it as “CSV \
             UTF-8”."
                .to_owned(),
        );
    }
    notes.iter().map(|note| format!("-# {note}")).collect()
}

fn not_taken(all: usize, (page, pages): (usize, usize), lines: &[String]) -> String {
    let which = if pages > 1 { format!(" (page {} of {pages})", page + 1) } else { String::new() };
    let head = match all {
        1 => "1 line isn't taken".to_owned(),
        many => format!("{many} lines aren't taken"),
    };
    format!("**{head}{which}:**\n{}", lines.join("\n"))
}

/// The lines that aren't taken, as many on a page as fit.
fn pages(bad: &[BadRow]) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut room = 0;
    for row in bad {
        let line = truncate(&format!("- line {}: {}", row.line, row.why), MAX_LINE).into_owned();
        let takes = length(&line) + 1;
        if takes > room {
            pages.push(Vec::new());
            room = MAX_PAGE;
        }
        room -= takes;
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

/// The file wasn't read, for that reason.
#[must_use]
pub fn unread(file: &str, why: &str) -> Body {
    Body::plain(format!(
        "**{}** wasn't imported. {}\n\nNothing is changed. `/club import` takes a file again.",
        name(file),
        ended(&capitalised(why)),
    ))
}

/// How far it has got.
#[must_use]
pub fn progress(file: &str, done: usize, all: usize) -> Body {
    Body::plain(format!(
        "⏳ **{}** is being imported: {done} of {all} lines.\n-# It goes on without you. Should this message stop changing, `/club \
         import` with the same file shows what is left.",
        name(file),
    ))
}

/// It is imported.
#[must_use]
pub fn done(file: &str, counts: &Counts, bad: &[BadRow]) -> Body {
    let people = match counts.written() {
        0 => "nobody had to change.".to_owned(),
        _ => format!("{}.", told(counts, true)),
    };
    let mut parts = vec![text(format!("✅ **{}** is imported: {people}", name(file)))];
    let pages = pages(bad);
    if let Some(lines) = pages.first() {
        let mut lines = lines.clone();
        if let Some(more) = bad.len().checked_sub(lines.len()).filter(|more| *more > 0) {
            lines.push(format!("- … and {more} more: `/club import` with the same file shows them all."));
        }
        parts.push(text(not_taken(bad.len(), (0, 1), &lines)));
    }
    parts.push(text("**Next:** `/club sync` finds these people among the server's members."));
    Body::new(parts)
}

/// It isn't imported: somebody cancelled.
#[must_use]
pub fn cancelled(file: &str) -> Body {
    Body::plain(format!("**{}** is not imported; nothing is changed.", name(file)))
}

/// It doesn't get on.
#[must_use]
pub fn given_up(file: &str) -> Body {
    Body::plain(format!(
        "**{}** couldn't be imported to its end; that is our fault. Run `/club import` with it once more: who is imported already counts as \
         unchanged.",
        name(file),
    ))
}

fn name(file: &str) -> String {
    typed(file, MAX_FILE)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{check, key, render};

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    fn bad(count: usize) -> Vec<BadRow> {
        let why = "`foo@` is not an e-mail address".to_owned();
        (0..count).map(|at| BadRow { line: at + 2, why: why.clone() }).collect()
    }

    const COUNTS: Counts = Counts { changed: 3, new: 12, reconnected: 1, unchanged: 40 };

    #[test]
    fn a_preview_counts_and_names_every_bad_line() {
        let plain = Preview { counts: COUNTS, ..Preview::default() };
        assert_snapshot!("plain", shown(&preview("roster.csv", &plain, key(1), 0)));
        let noted = Preview {
            bad: bad(2),
            counts: COUNTS,
            ignored: (0..12).map(|at| format!("Column {at}")).collect(),
            is_guess: true,
            missing: 5,
        };
        assert_snapshot!("noted", shown(&preview("*roster*.csv", &noted, key(1), 0)));
        let same = Preview {
            counts: Counts { unchanged: 1, ..Counts::default() },
            missing: 1,
            ..Preview::default()
        };
        assert_snapshot!("nothing_to_do", shown(&preview("roster.csv", &same, key(1), 0)));
        let hopeless = Preview { bad: bad(1), ..Preview::default() };
        assert_snapshot!("nothing_taken", shown(&preview("roster.csv", &hopeless, key(1), 0)));
    }

    #[test]
    fn many_bad_lines_are_on_pages() {
        let many = Preview { bad: bad(50_000), counts: COUNTS, ..Preview::default() };
        for page in [0, 1, 900] {
            let first = shown(&preview("roster.csv", &many, key(1), page));
            assert!(first.contains(&format!("(page {} of", page + 1)), "{first}");
        }
        let last = shown(&preview("roster.csv", &many, key(1), u16::MAX));
        assert!(last.contains("line 50001:") && last.contains("(Later lines)"), "{last}");
        let long = BadRow { line: 7, why: "x".repeat(5_000) };
        let long =
            Preview { bad: vec![long; 30], counts: COUNTS, ignored: vec!["y".repeat(60); 200], ..many };
        shown(&preview(&"z".repeat(300), &long, key(1), 1));
    }

    #[test]
    fn what_happens_is_told() {
        assert_snapshot!("unread", shown(&unread("roster.csv", "the file is empty")));
        assert_snapshot!("progress", shown(&progress("roster.csv", 1_000, 1_204)));
        assert_snapshot!("done", shown(&done("roster.csv", &COUNTS, &[])));
        assert_snapshot!("done_but_two", shown(&done("roster.csv", &COUNTS, &bad(2))));
        let many = shown(&done("roster.csv", &COUNTS, &bad(500)));
        assert!(many.contains("… and"), "{many}");
        assert_snapshot!("done_before", shown(&done("roster.csv", &Counts::default(), &[])));
        assert_snapshot!("cancelled", shown(&cancelled("roster.csv")));
        assert_snapshot!("given_up", shown(&given_up("roster.csv")));
    }
}
