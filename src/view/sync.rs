//! Member syncs: how far one is, what it would change, and what came of it.

use twilight_model::{
    channel::message::{Component, component::ButtonStyle},
    id::{Id, marker::UserMarker},
};

use super::{
    custom_id::Press,
    markup::{count, mention, name, relative, sentence, when},
    message::{Body, button, row, text},
};
use crate::domain::{
    name::PersonName,
    sync::{Counts, Grounds, Run, SyncKind, SyncState, Trouble},
};

/// How many parts the bar has.
const BAR: usize = 12;

/// Examples of what a sync changes.
#[derive(Clone, Debug, Default)]
pub struct Samples<'s> {
    /// Accounts that may be several people.
    pub ambiguous: Vec<(Id<UserMarker>, &'s [PersonName])>,
    /// People who aren't in the server any more.
    pub left: &'s [Id<UserMarker>],
    /// Accounts that are somebody of the roster, and why.
    pub linked: Vec<(Id<UserMarker>, &'s PersonName, &'s Grounds)>,
    /// Accounts that become members on their own.
    pub new: &'s [Id<UserMarker>],
}

/// A sync and its examples.
#[derive(Clone, Copy, Debug)]
pub struct SyncFacts<'s> {
    run: &'s Run,
    samples: &'s Samples<'s>,
}

impl<'s> SyncFacts<'s> {
    /// A run with examples of what it changes.
    #[must_use]
    pub const fn of(run: &'s Run, samples: &'s Samples<'s>) -> Self {
        Self { run, samples }
    }
}

/// A sync as it stands.
#[must_use]
pub fn shown(facts: &SyncFacts<'_>) -> Body {
    let run = facts.run;
    match run.state {
        SyncState::Reading | SyncState::Comparing | SyncState::Applying => progress(run),
        SyncState::Planned | SyncState::Asking => preview(facts),
        SyncState::Done => done(run),
        SyncState::Failed => failed(run),
        SyncState::Stopped => stopped(run),
    }
}

/// How far a sync is.
#[must_use]
pub fn progress(run: &Run) -> Body {
    let what = match (run.state, run.kind) {
        (SyncState::Reading, _) => match run.expected {
            Some(expected) if expected > 0 => {
                format!(
                    "Reading members: {} of about {expected}",
                    run.pages.saturating_mul(1_000).min(expected)
                )
            }
            _ => "Reading members".to_owned(),
        },
        (SyncState::Comparing, _) => "Finding out who is who".to_owned(),
        (_, SyncKind::Undo) => format!("Taking back {} of {}", made(run), run.results.total),
        _ => format!("Applying {} of {}", made(run), run.results.total),
    };
    Body::plain(format!(
        "**Member sync**\n`{}` {what}\nYou can close this; `/club sync mode: status` shows it too.",
        bar(run.progress())
    ))
}

const fn made(run: &Run) -> u32 {
    run.results.done.saturating_add(run.results.skipped)
}

/// A bar of blocks, full at 1.
fn bar(part: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of the bar's few blocks"
    )]
    let full = ((part.clamp(0.0, 1.0) * BAR as f64).floor() as usize).min(BAR);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

/// What a sync would change, to be applied or dropped.
fn preview(facts: &SyncFacts<'_>) -> Body {
    let run = facts.run;
    let counts = &run.results.counts;
    let mut parts = vec![text(format!("# Member sync: preview\n{}", table(counts)))];
    parts.extend(intent(run));
    if counts.needs_a_yes() {
        parts.push(text(format!(
            "⚠️ **{} of {} would be marked as having left.** That is more than a fifth of the club. Apply it only if they have.",
            counts.left, counts.members,
        )));
    }
    parts.extend(examples(facts.samples));
    if counts.is_nothing() {
        parts.push(text("Nothing changes: everybody is where they were."));
        return Body::new(parts);
    }
    let apply = if counts.needs_a_yes() {
        button(ButtonStyle::Danger, &format!("Apply, {} leave", counts.left), &Press::ApplySync(run.id))
    } else {
        button(ButtonStyle::Primary, "Apply", &Press::ApplySync(run.id))
    };
    let until = run.waits_until().map(|until| format!(" It can be applied until {}.", when(until)));
    let until = until.unwrap_or_default();
    parts.push(text(format!(
        "**Apply** makes exactly this; what has changed meanwhile is left out and told.{until}"
    )));
    parts.push(row([apply, button(ButtonStyle::Secondary, "Cancel", &Press::StopSync(run.id))]));
    Body::new(parts)
}

/// The counted difference, a line for each kind that there is.
fn table(counts: &Counts) -> String {
    let lines = [
        ("🆕", counts.new, "new: join the club on their own"),
        ("✅", counts.certain, "certain: the roster or an answer says who they are"),
        ("👍", counts.likely, "likely: their names say who they are"),
        ("❔", counts.ambiguous, "ambiguous: you are asked, in `/club conflicts`"),
        ("↩️", counts.back, "back: had left and are here again"),
        ("🚪", counts.left, "left: marked as such, and kept"),
        ("🏷️", counts.roles, "get other roles in the club"),
        ("🎫", counts.granted, "get the member role"),
        ("🔎", counts.unmatched, "unmatched: on the roster, without an account here"),
    ];
    let shown = lines.iter().filter(|(_, number, _)| *number > 0);
    let mut table: Vec<String> =
        shown.map(|(sign, number, what)| format!("{sign} **{number}** {what}")).collect();
    table.insert(0, format!("{} here, {} linked already.", people(counts.seen), counts.known));
    table.join("\n")
}

fn people(number: u32) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "person", "people")
}

fn intent(run: &Run) -> Option<Component> {
    (run.trouble == Some(Trouble::NoIntent)).then(|| {
        text(
            "⚠️ **Only people who used the app are counted**, and nobody is taken to have left: Discord lists members to apps with the \
             Server Members Intent. Whoever runs this app turns it on in the [developer portal](https://discord.com/developers/applications), \
             under Bot.",
        )
    })
}

/// A few examples of each kind.
fn examples(samples: &Samples<'_>) -> Vec<Component> {
    let mut parts = Vec::new();
    if !samples.linked.is_empty() {
        let line = |(account, person, grounds): &(Id<UserMarker>, &PersonName, &Grounds)| {
            format!("- {} is **{}**: {}", mention(*account), name(*person), why(grounds))
        };
        let lines: Vec<String> = samples.linked.iter().map(line).collect();
        parts.push(text(format!("**Who is who**\n{}", lines.join("\n"))));
    }
    if !samples.ambiguous.is_empty() {
        let line = |(account, people): &(Id<UserMarker>, &[PersonName])| {
            let people: Vec<String> = people.iter().take(3).map(name).collect();
            format!("- {}: {}?", mention(*account), sentence(&people, "or"))
        };
        let lines: Vec<String> = samples.ambiguous.iter().map(line).collect();
        parts.push(text(format!("**In doubt**\n{}", lines.join("\n"))));
    }
    for (heading, accounts) in [("New", samples.new), ("Left", samples.left)] {
        if !accounts.is_empty() {
            let names: Vec<String> = accounts.iter().copied().map(mention).collect();
            parts.push(text(format!("**{heading}**, for example {}", names.join(", "))));
        }
    }
    parts
}

/// Why an account is taken for a person.
#[must_use]
pub fn why(grounds: &Grounds) -> String {
    match grounds {
        Grounds::Answer => "said so before".to_owned(),
        Grounds::Names { evidence } => evidence.to_string(),
        Grounds::Roster => "the roster names the account".to_owned(),
    }
}

/// What came of a sync.
fn done(run: &Run) -> Body {
    let results = &run.results;
    let mut parts = Vec::new();
    if run.kind == SyncKind::Undo {
        parts.push(text(format!("✅ **The sync is undone.** {} taken back.", changes(results.done))));
    } else {
        parts.push(text(format!("✅ **Member sync done.** {}", in_short(&results.counts))));
    }
    if results.skipped > 0 {
        parts.push(text(format!(
            "{} left out: what they rest on had changed since. `/club sync` shows how things stand now.",
            changes(results.skipped)
        )));
    }
    parts.extend(intent(run));
    if run.trouble == Some(Trouble::MayNotGrant) {
        parts.push(text(
            "⚠️ **The member role was not given:** the bot may not. Put the bot's role above it under Server Settings → Roles, and sync \
             again; `/club health` shows the order.",
        ));
    }
    parts.push(text(next(run)));
    Body::new(parts)
}

fn next(run: &Run) -> &'static str {
    match (run.kind, run.results.counts.ambiguous) {
        (SyncKind::Undo, _) => "**Next:** `/club sync` shows what it would change now.",
        (_, 0) => {
            "**Next:** `/club members` lists everybody. `/club sync mode: undo` takes this back, for a day."
        }
        _ => {
            "**Next:** `/club conflicts` asks who is who, one at a time. `/club sync mode: undo` takes this back, for a day."
        }
    }
}

fn changes(number: u32) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "change was", "changes were")
}

/// The counts of a difference in one sentence, naming nobody.
#[must_use]
pub fn in_short(counts: &Counts) -> String {
    let linked = counts.certain + counts.likely;
    let parts = [
        (counts.new, "new"),
        (linked, "linked"),
        (counts.ambiguous, "in doubt"),
        (counts.back, "back"),
        (counts.left, "left"),
        (counts.unmatched, "without an account"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if parts.is_empty() { "Nothing changed.".to_owned() } else { format!("{}.", sentence(&parts, "and")) }
}

/// Why a sync ended before it was done.
fn failed(run: &Run) -> Body {
    let why = match run.trouble {
        Some(Trouble::Gone) => {
            "The app isn't in the server any more, or the club moved. Add it again, and run `/club sync` once more."
        }
        _ => {
            "Discord failed again and again. Wait a while, and run `/club sync` once more: it goes on from how things stand then."
        }
    };
    let so_far = if run.results.done > 0 {
        format!(
            " {} made before that, and stand; `/club sync mode: undo` takes them back.",
            changes(run.results.done)
        )
    } else {
        " Nothing was changed.".to_owned()
    };
    Body::plain(format!("❌ **The member sync ended before it was done.** {why}{so_far}"))
}

/// A sync was dropped.
#[must_use]
pub fn stopped(_run: &Run) -> Body {
    Body::plain("Cancelled: nothing was changed. `/club sync` looks again.")
}

/// Asks whether to take a sync back.
#[must_use]
pub fn ask_undo(run: &Run, until: jiff::Timestamp) -> Body {
    Body::new(vec![
        text(format!(
            "# Undo the last sync?\nIt was applied {} and made {}: {}\nUndoing takes back what it made and nobody has changed since. It \
             can be undone until {}.",
            run.applied_at.map_or_else(|| "before".to_owned(), relative),
            count(usize::try_from(run.results.done).unwrap_or(usize::MAX), "change", "changes"),
            in_short(&run.results.counts),
            when(until),
        )),
        row([button(ButtonStyle::Danger, "Undo", &Press::UndoSync(run.id))]),
    ])
}

/// The last runs, the latest first.
#[must_use]
pub fn status(runs: &[Run]) -> Body {
    if runs.is_empty() {
        return Body::plain("No sync has run yet. `/club sync` shows what one would change.");
    }
    let lines: Vec<String> = runs.iter().map(line).collect();
    Body::new(vec![text("# Member syncs"), text(lines.join("\n"))])
}

fn line(run: &Run) -> String {
    let took =
        run.finished_at.map(|at| at.duration_since(run.started_at).as_secs()).filter(|_| run.calls > 0);
    let took = took.map(|secs| format!(" · {} calls, {secs} s", run.calls)).unwrap_or_default();
    format!("- {}{took}", in_a_line(run))
}

/// When a run ran, why, and what came of it.
#[must_use]
pub fn in_a_line(run: &Run) -> String {
    let kind = match run.kind {
        SyncKind::Api => "by the site",
        SyncKind::Manual => "applied at once",
        SyncKind::Nightly => "nightly",
        SyncKind::Preview => "preview",
        SyncKind::Undo => "undo",
    };
    let by = run.started_by.map(|by| format!(" by {}", mention(by))).unwrap_or_default();
    let state = match run.state {
        SyncState::Reading | SyncState::Comparing | SyncState::Applying => {
            format!("⏳ `{}`", bar(run.progress()))
        }
        SyncState::Asking => "⚠️ waits for a yes".to_owned(),
        SyncState::Planned => format!("👀 waits to be applied: {}", in_short(&run.results.counts)),
        SyncState::Done if run.undone_at.is_some() => "↩️ undone".to_owned(),
        SyncState::Done if run.kind == SyncKind::Undo => {
            format!("✅ {} taken back", run.results.done)
        }
        SyncState::Done => format!("✅ {}", in_short(&run.results.counts)),
        SyncState::Failed => "❌ ended before it was done".to_owned(),
        SyncState::Stopped => "✖️ dropped".to_owned(),
    };
    format!("{} · {kind}{by} · {state}", relative(run.started_at))
}

#[cfg(test)]
mod tests;
