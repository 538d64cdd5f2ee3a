//! `/club members`: who is of a club, how each was matched, and the same as a file.

use std::collections::HashMap;

use twilight_model::{
    channel::message::{Component, component::ButtonStyle},
    id::{Id, marker::UserMarker},
};

use super::{
    custom_id::{Press, members_word},
    list::Page,
    markup::{count, day, mention, name, sentence},
    matched::how,
    message::{Body, button, enabled, file, option, row, select, text},
};
use crate::domain::{
    club::Club,
    discord_handle::DiscordHandle,
    member::{Identity, Link},
    membership::{Listed, Standing, Tally},
    name::{ClubName, RoleName},
    roster::{MemberRow, RosterEntry, export_members},
};

/// How many members stand on a page.
pub const MEMBERS_A_PAGE: u16 = 10;
/// How many of somebody's accounts are named.
const ACCOUNTS: usize = 2;
/// How many files go out with a message: together they are what Discord and a slow line take.
const MAX_FILES: usize = 4;

/// A page of a club's members.
#[derive(Clone, Debug)]
pub struct MembersFacts<'m> {
    /// The club.
    pub club: &'m ClubName,
    /// Who stands on the page.
    pub page: Page<&'m Listed>,
    /// Who is listed: those who stand there, or all.
    pub standing: Option<Standing>,
    /// How many people of the club stand where.
    pub tally: &'m Tally,
}

/// A file of a club's members.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MembersFile {
    /// What is in it.
    pub content: Vec<u8>,
    /// Its name.
    pub name: String,
}

/// The page.
#[must_use]
pub fn page(facts: &MembersFacts<'_>) -> Body {
    if facts.tally.of(None) == 0 {
        return Body::plain(
            "Nobody is of the club yet. **Next:** `/club import` brings its roster, and `/club sync` the people of this server.",
        );
    }
    let mut parts = vec![text(format!("# Members of {}\n{}", name(facts.club), counts(facts.tally)))];
    let lines: Vec<String> = facts.page.items.iter().map(|listed| line(listed)).collect();
    parts.push(text(if lines.is_empty() { nobody(facts.standing).to_owned() } else { lines.join("\n") }));
    parts.push(row(buttons(facts)));
    parts.push(filter(facts.standing));
    Body::new(parts)
}

/// The members in files, and the message that they go out with.
#[must_use]
pub fn files(club: &Club, standing: Option<Standing>, people: &[Listed]) -> (Body, Vec<MembersFile>) {
    let of = format!("**{}**", name(&club.name));
    if people.is_empty() {
        let listed = standing.map(nobody_word).unwrap_or("of the club yet");
        return (Body::plain(format!("Nobody of {of} is {listed}, so that there is no file.")), Vec::new());
    }
    let contents = export(people);
    if contents.len() > MAX_FILES {
        let body = Body::plain(
            "That is too much for one message. Choose with `status`, and get those who stand there in a file of their own.",
        );
        return (body, Vec::new());
    }
    let alone = contents.len() == 1;
    let named = |(number, content): (usize, Vec<u8>)| {
        let name = if alone { "members.csv".to_owned() } else { format!("members-{}.csv", number + 1) };
        MembersFile { content, name }
    };
    let files: Vec<MembersFile> = contents.into_iter().enumerate().map(named).collect();
    let listed =
        standing.map(|standing| format!(", {}", title(Some(standing)).to_lowercase())).unwrap_or_default();
    let mut parts =
        vec![text(format!("**Members of {}:** {}{listed}.", name(&club.name), people_of(people.len())))];
    parts.extend(files.iter().map(|one| file(&one.name)));
    parts.push(text(
        "-# `/club import` takes it again, changed or not. Who is on no roster is left out there; `yes` under `on_roster` puts them on it. \
         There are e-mail addresses in it: mind who gets it.",
    ));
    (Body::new(parts), files)
}

fn people_of(number: usize) -> String {
    count(number, "person", "people")
}

fn counts(tally: &Tally) -> String {
    let shown = Standing::ALL.into_iter().filter(|standing| tally.of(Some(*standing)) > 0);
    let counted: Vec<String> = shown
        .map(|standing| format!("{} {} {}", sign(standing), tally.of(Some(standing)), word(standing)))
        .collect();
    let all = usize::try_from(tally.of(None)).unwrap_or(usize::MAX);
    format!("**{}:** {}", people_of(all), counted.join(" · "))
}

/// `🟢 **Ana Pereira** · @ana · username is the iRacing name`
fn line(listed: &Listed) -> String {
    let standing = listed.standing();
    let member = &listed.member;
    let mut parts = vec![format!("{} **{}**", sign(standing), name(&member.entry.name))];
    parts.push(accounts(&listed.accounts));
    parts.extend(matched(listed, mention));
    match (standing, member.left_at) {
        (Standing::Left, Some(left)) => parts.push(format!("left {}", day(left))),
        (Standing::OffRoster, _) => parts.push(word(standing).to_owned()),
        _ => {}
    }
    parts.join(" · ")
}

fn accounts(accounts: &[Identity]) -> String {
    let mut named: Vec<String> =
        accounts.iter().take(ACCOUNTS).map(|identity| mention(identity.account.id)).collect();
    if let Some(more) = accounts.len().checked_sub(ACCOUNTS).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    if named.is_empty() { "no Discord account".to_owned() } else { sentence(&named, "and") }
}

/// How somebody's account came to be theirs. Whoever is on the roster with an account that nobody linked was put there by it.
fn matched(listed: &Listed, who: impl Fn(Id<UserMarker>) -> String) -> Option<String> {
    let link: Option<Link> = listed.accounts.iter().find_map(|identity| identity.link);
    match link {
        Some(link) => Some(how(link.by, listed.judged.as_ref(), who)),
        None => (listed.member.on_roster && !listed.accounts.is_empty()).then(|| "by the roster".to_owned()),
    }
}

fn buttons(facts: &MembersFacts<'_>) -> Vec<twilight_model::channel::message::component::Button> {
    let Page { number, pages, .. } = facts.page;
    let standing = facts.standing;
    let to = |page| Press::MembersPage { standing, page };
    let (before, after) = (number.checked_sub(1), number.saturating_add(1));
    let mut buttons = Vec::new();
    if pages > 1 {
        buttons.push(enabled(
            button(ButtonStyle::Secondary, "Back", &to(before.unwrap_or(u16::MAX))),
            before.is_some(),
        ));
        let more = button(ButtonStyle::Secondary, &format!("More ({after} of {pages})"), &to(after));
        buttons.push(enabled(more, after < pages));
    }
    buttons.push(button(ButtonStyle::Secondary, "Get as CSV", &Press::MembersFile(standing)));
    buttons
}

fn filter(chosen: Option<Standing>) -> Component {
    let all = std::iter::once(None).chain(Standing::ALL.map(Some));
    let options = all.map(|standing| {
        let mut option = option(title(standing), members_word(standing), None);
        option.default = standing == chosen;
        option
    });
    select(&Press::MembersOf, "Show", options.collect())
}

/// What those are called who stand there.
#[must_use]
pub const fn title(standing: Option<Standing>) -> &'static str {
    match standing {
        None => "Everybody",
        Some(Standing::Active) => "Active",
        Some(Standing::Left) => "Left the server",
        Some(Standing::NoAccount) => "Without a Discord account",
        Some(Standing::OffRoster) => "In the server, on no roster",
    }
}

const fn sign(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "🟢",
        Standing::Left => "🚪",
        Standing::NoAccount => "🔎",
        Standing::OffRoster => "👤",
    }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Left => "left",
        Standing::NoAccount => "without a Discord account",
        Standing::OffRoster => "on no roster",
    }
}

const fn nobody_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Left => "gone",
        Standing::NoAccount => "without a Discord account",
        Standing::OffRoster => "on no roster",
    }
}

const fn nobody(standing: Option<Standing>) -> &'static str {
    match standing {
        None => "Nobody stands on this page any more.",
        Some(Standing::Active) => {
            "Nobody is active. `/club sync` finds out who of the server is on the roster."
        }
        Some(Standing::Left) => "Nobody has left.",
        Some(Standing::NoAccount) => "Everybody on the roster has a Discord account.",
        Some(Standing::OffRoster) => "Everybody in the server whom the club knows is on its roster.",
    }
}

/// The contents of the files.
fn export(people: &[Listed]) -> Vec<Vec<u8>> {
    let accounts = || people.iter().flat_map(|listed| &listed.accounts);
    let names: HashMap<_, &str> =
        accounts().map(|identity| (identity.account.id, identity.account.username.as_str())).collect();
    let who = |account: Id<UserMarker>| {
        names.get(&account).map_or_else(|| account.to_string(), |name| (*name).to_owned())
    };
    let entries: Vec<RosterEntry> = people.iter().map(entry).collect();
    export_members(people.iter().zip(&entries).map(|(listed, entry)| {
        let account = listed.accounts.first().map(|identity| &identity.account);
        let roles: Vec<String> = listed.member.roles.iter().map(RoleName::to_string).collect();
        MemberRow {
            account: account.map(|account| account.id.to_string()).unwrap_or_default(),
            account_name: account.map(|account| account.username.as_str()).unwrap_or_default(),
            entry,
            matched: matched(listed, who).unwrap_or_default(),
            on_roster: listed.member.on_roster,
            roles: roles.join("; "),
            status: listed.standing().word(),
        }
    }))
}

/// What the roster says of somebody; of those who are on none, what an entry for them would say.
fn entry(listed: &Listed) -> RosterEntry {
    let mut entry = listed.member.entry.clone();
    if !listed.member.on_roster {
        let account = listed.accounts.first().map(|identity| identity.account.id.to_string());
        entry.discord = account.and_then(|id| id.parse::<DiscordHandle>().ok());
    }
    entry
}

#[cfg(test)]
mod tests;
