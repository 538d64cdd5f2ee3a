//! The difference between what is known of a club and what its server shows.

use std::collections::{BTreeMap, BTreeSet};

use twilight_model::id::{Id, marker::UserMarker};

use super::{Candidate, Change, Difference, Grounds, Owner, Seen, SyncFacts};
use crate::domain::{
    id::UserId,
    matching::{Name, NameKind, Person, match_people},
    member::Member,
    name::RoleName,
};

/// What a sync changes. The same facts give the same difference.
#[must_use]
pub fn compare(facts: &SyncFacts) -> Difference {
    let view = View::of(facts);
    let mut difference = Difference::default();
    let links = links(&view, &mut difference);
    presence(&view, &links, &mut difference);
    roles(&view, &links, &mut difference);
    count(&view, &links, &mut difference);
    difference
}

/// Whom accounts are newly taken for.
type Links = BTreeMap<Id<UserMarker>, UserId>;

/// The facts, by what they are looked up by.
struct View<'f> {
    facts: &'f SyncFacts,
    /// The people in the server, by account.
    humans: BTreeMap<Id<UserMarker>, &'f Seen>,
    members: BTreeMap<UserId, &'f Member>,
    /// The people who have a linked account, here or elsewhere.
    taken: BTreeSet<UserId>,
}

impl<'f> View<'f> {
    fn of(facts: &'f SyncFacts) -> Self {
        let humans =
            facts.seen.iter().filter(|seen| !seen.is_bot).map(|seen| (seen.account.id, seen)).collect();
        let taken =
            facts.identities.values().filter(|owner| owner.is_linked).map(|owner| owner.user).collect();
        let members = facts.members.iter().map(|member| (member.user, member)).collect();
        Self { facts, humans, members, taken }
    }

    fn owner(&self, account: Id<UserMarker>) -> Option<Owner> {
        self.facts.identities.get(&account).copied()
    }

    /// Whether it is settled whose account it is.
    fn is_known(&self, account: Id<UserMarker>) -> bool {
        self.owner(account).is_some_and(|owner| owner.is_linked)
    }

    /// Whether an account may still be taken for that person of the roster.
    fn is_free(&self, user: UserId) -> bool {
        !self.taken.contains(&user) && self.members.get(&user).is_some_and(|member| member.on_roster)
    }
}

/// Who is whom. What is certain goes first, and takes its people out of what names decide.
fn links(view: &View<'_>, difference: &mut Difference) -> Links {
    let mut links = Links::new();
    let mut used = BTreeSet::new();
    for (account, (by, user)) in certain(view) {
        if used.insert(user) {
            links.insert(account, user);
            difference.changes.push(Change::Link { account, by, user });
            difference.counts.certain += 1;
        }
    }
    by_names(view, &mut links, difference);
    links
}

/// What was answered before, and what the roster itself says. A roster that names one account twice says nothing of it.
fn certain(view: &View<'_>) -> BTreeMap<Id<UserMarker>, (Grounds, UserId)> {
    let mut named: BTreeMap<Id<UserMarker>, Vec<UserId>> = BTreeMap::new();
    let by_username: BTreeMap<&str, Id<UserMarker>> =
        view.humans.values().map(|seen| (seen.account.username.as_str(), seen.account.id)).collect();
    for member in view.facts.members.iter().filter(|member| view.is_free(member.user)) {
        let Some(handle) = &member.entry.discord else { continue };
        let account = handle.id().or_else(|| by_username.get(handle.name()?).copied());
        if let Some(account) = account.filter(|account| view.humans.contains_key(account)) {
            named.entry(account).or_default().push(member.user);
        }
    }
    let mut certain = BTreeMap::new();
    for (account, users) in named {
        if let [user] = users[..]
            && !view.is_known(account)
            && !view.facts.different.contains(&(account, user))
        {
            certain.insert(account, (Grounds::Roster, user));
        }
    }
    for (&account, &user) in &view.facts.same {
        if view.humans.contains_key(&account) && !view.is_known(account) && view.is_free(user) {
            certain.insert(account, (Grounds::Answer, user));
        }
    }
    certain
}

/// Whom names tell, and whom they leave in doubt.
fn by_names(view: &View<'_>, links: &mut Links, difference: &mut Difference) {
    let used: BTreeSet<UserId> = links.values().copied().collect();
    let is_open = |account: Id<UserMarker>| !view.is_known(account) && !links.contains_key(&account);
    let open = view.humans.values().filter(|seen| is_open(seen.account.id));
    let accounts: Vec<_> = open.map(|seen| of_server(seen)).collect();
    let free = |member: &&Member| view.is_free(member.user) && !used.contains(&member.user);
    let people: Vec<_> = view.facts.members.iter().filter(free).map(of_roster).collect();
    let matching = match_people(&accounts, &people, &view.facts.different);
    for pair in matching.sure {
        links.insert(pair.member, pair.user);
        let by = Grounds::Names { evidence: pair.evidence };
        difference.changes.push(Change::Link { account: pair.member, by, user: pair.user });
        difference.counts.likely += 1;
    }
    for unclear in matching.unclear {
        let candidate = |(user, evidence)| Candidate { evidence, user };
        let candidates = unclear.candidates.into_iter().map(candidate).collect();
        difference.changes.push(Change::Ask { account: unclear.member, candidates });
        difference.counts.ambiguous += 1;
    }
}

fn of_server(seen: &Seen) -> Person<Id<UserMarker>> {
    let account = &seen.account;
    let names = [
        (NameKind::Nickname, account.nickname.as_ref()),
        (NameKind::Global, account.global_name.as_ref()),
        (NameKind::Username, Some(&account.username)),
    ];
    let name = |(kind, text): (NameKind, Option<&String>)| Some(Name { kind, text: text?.clone() });
    Person { key: account.id, names: names.into_iter().filter_map(name).collect() }
}

fn of_roster(member: &Member) -> Person<UserId> {
    let entry = &member.entry;
    let name = |kind, name: &dyn std::fmt::Display| Name { kind, text: name.to_string() };
    let mut names = vec![name(NameKind::Name, &entry.name)];
    names.extend(entry.iracing_name.iter().map(|text| name(NameKind::IRacing, text)));
    names.extend(entry.aliases.iter().map(|text| name(NameKind::Alias, text)));
    Person { key: member.user, names }
}

/// Who is there, who is there again, and who is there no more.
fn presence(view: &View<'_>, links: &Links, difference: &mut Difference) {
    for &account in view.humans.keys() {
        let is_member = view.owner(account).is_some_and(|owner| view.members.contains_key(&owner.user));
        let is_settled = links.contains_key(&account) || (is_member && view.facts.before.contains(&account));
        if view.facts.gone.contains(&account) {
            difference.changes.push(Change::Back { account });
            difference.counts.back += 1;
        } else if !is_settled {
            difference.changes.push(Change::Join { account });
            difference.counts.new += u32::from(!is_member);
        }
    }
    let missing = view.facts.before.iter().filter(|account| !view.humans.contains_key(account));
    for &account in missing.filter(|_| view.facts.is_whole) {
        difference.changes.push(Change::Leave { account });
        difference.counts.left += 1;
    }
}

/// Roles in the club, and the member role on Discord.
fn roles(view: &View<'_>, links: &Links, difference: &mut Difference) {
    for (&account, seen) in &view.humans {
        let user = links.get(&account).copied().or_else(|| view.owner(account).map(|owner| owner.user));
        let member = user.and_then(|user| view.members.get(&user));
        let before = member.map(|member| member.roles.clone()).unwrap_or_default();
        let after = standing_for(view, seen);
        if before != after {
            difference.changes.push(Change::Roles { account, after, before });
            difference.counts.roles += 1;
        }
    }
    let Some(role) = view.facts.member_role else { return };
    for (&account, _) in view.humans.iter().filter(|(_, seen)| !seen.roles.contains(&role)) {
        difference.changes.push(Change::Grant { account, role });
        difference.counts.granted += 1;
    }
}

/// The roles in the club that somebody's Discord roles stand for, in the order of the club's rules.
fn standing_for(view: &View<'_>, seen: &Seen) -> Vec<RoleName> {
    let mut roles: Vec<RoleName> = Vec::new();
    for rule in view.facts.role_map.iter().filter(|rule| seen.roles.contains(&rule.discord)) {
        if !roles.contains(&rule.club) {
            roles.push(rule.club.clone());
        }
    }
    roles
}

fn count(view: &View<'_>, links: &Links, difference: &mut Difference) {
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let linked: BTreeSet<UserId> = links.values().copied().collect();
    let counts = &mut difference.counts;
    counts.seen = size(view.humans.len());
    counts.bots = size(view.facts.seen.len() - view.humans.len());
    counts.known = size(view.humans.keys().filter(|account| view.is_known(**account)).count());
    counts.members = size(view.facts.before.len());
    let has_none = |member: &&Member| view.is_free(member.user) && !linked.contains(&member.user);
    counts.unmatched = size(view.facts.members.iter().filter(has_none).count());
}
