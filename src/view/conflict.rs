//! `/club conflicts`: who is who, asked about one account at a time.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::Press,
    markup::{count, mention, name, typed},
    message::{Body, button, enabled, option, row, select, separator, text},
};
use crate::domain::{account::Account, id::ConflictId, matching::Evidence, member::Member, name::PersonName};

/// The most characters of an account's name, once escaped.
const MAX_NAME: usize = 100;

/// An account that may be one of several people.
#[derive(Clone, Debug)]
pub struct ConflictFacts<'c> {
    /// The account.
    pub account: &'c Account,
    /// Who it may be, the likeliest first, and why.
    pub candidates: Vec<(&'c Member, Evidence)>,
    /// Which conflict it is.
    pub id: ConflictId,
    /// How many are open, this one included.
    pub open: u64,
}

/// Nobody is in doubt.
#[must_use]
pub fn none() -> Body {
    Body::plain("✅ Nobody is in doubt. `/club sync` asks about whoever comes up next.")
}

/// Asks who an account is.
#[must_use]
pub fn ask(facts: &ConflictFacts<'_>) -> Body {
    Body::new(question(facts))
}

/// What was decided, and the next account.
#[must_use]
pub fn decided(account: &Account, person: Option<&PersonName>, next: Option<&ConflictFacts<'_>>) -> Body {
    let done = match person {
        Some(person) => format!("✅ {} is **{}**, and stays so.", mention(account.id), name(person)),
        None => format!("✅ {} is none of them, and isn't taken for them again.", mention(account.id)),
    };
    let mut parts = vec![text(done)];
    match next {
        Some(next) => {
            parts.push(separator());
            parts.extend(question(next));
        }
        None => parts.push(text("That was the last one. **Next:** `/club members` lists everybody.")),
    }
    Body::new(parts)
}

fn question(facts: &ConflictFacts<'_>) -> Vec<twilight_model::channel::message::Component> {
    let account = facts.account;
    let open = usize::try_from(facts.open).unwrap_or(usize::MAX);
    let mut parts = vec![text(format!(
        "# Who is this?\n{}, one of {} in doubt\n{}",
        mention(account.id),
        count(open, "account", "accounts"),
        names(account),
    ))];
    let lines: Vec<String> =
        facts.candidates.iter().map(|(member, evidence)| line(member, *evidence)).collect();
    parts.push(text(format!("**On the roster**\n{}", lines.join("\n"))));
    let options = facts.candidates.iter().map(|(member, evidence)| {
        option(member.entry.name.as_str(), member.user.short(), Some(&evidence.to_string()))
    });
    if !facts.candidates.is_empty() {
        parts.push(select(&Press::ChoosePerson(facts.id), "It is…", options.collect()));
    }
    let turns = facts.open > 1;
    parts.push(row([
        button(ButtonStyle::Secondary, "None of these", &Press::Nobody(facts.id)),
        enabled(button(ButtonStyle::Secondary, "Skip", &Press::NextConflict(facts.id)), turns),
        enabled(button(ButtonStyle::Secondary, "Back", &Press::PreviousConflict(facts.id)), turns),
    ]));
    parts
}

/// Every name that an account has, each with where it stands.
fn names(account: &Account) -> String {
    let shown = [
        ("Nickname here", account.nickname.as_deref()),
        ("Name", account.global_name.as_deref()),
        ("Username", Some(account.username.as_str())),
    ];
    let lines =
        shown.iter().filter_map(|(kind, text)| Some(format!("**{kind}:** {}", typed((*text)?, MAX_NAME))));
    lines.collect::<Vec<_>>().join("\n")
}

fn line(member: &Member, evidence: Evidence) -> String {
    let entry = &member.entry;
    let mut also = Vec::new();
    also.extend(entry.iracing_name.iter().map(|other| format!("iRacing {}", name(other))));
    also.extend(entry.aliases.iter().take(3).map(|other| format!("also {}", name(other))));
    let also = if also.is_empty() { String::new() } else { format!(" ({})", also.join(", ")) };
    format!("- **{}**{also}: {evidence}", name(&entry.name))
}

#[cfg(test)]
mod tests;
