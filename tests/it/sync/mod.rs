//! Member syncs: shown first, applied as shown, asked about when many would leave, undone, and gone on with wherever they were cut off.

mod alongside;
mod doubt;
mod flow;
mod killed;
mod night;
mod trouble;

use std::collections::BTreeMap;

use jiff::Timestamp;
use sandbox::{
    Message, Options, Role,
    people::{Person, Reply},
};
use simlane::{
    base::clock::Clock,
    domain::{
        id::{ClubId, UserId},
        member::{LinkedBy, Member},
        roster::RosterEntry,
        sync::Run,
    },
    store::{Store, clubs, identities, members, sync_runs, users},
};
use twilight_model::id::Id;
use uuid::Uuid;

use crate::world::{Club, START, Setting, World};

/// The page of members.
const MEMBERS: &str = "GET /guilds/{guild_id}/members";

/// A person of a roster, as JSON says it.
fn entry(json: serde_json::Value) -> RosterEntry {
    serde_json::from_value(json).unwrap()
}

fn named(name: &str) -> RosterEntry {
    entry(serde_json::json!({ "name": name }))
}

/// A club's people, in the database.
struct People<'s> {
    club: ClubId,
    now: Timestamp,
    store: &'s Store,
}

impl People<'_> {
    /// Enters people into the club's roster.
    async fn enter(&self, entries: impl IntoIterator<Item = RosterEntry>) -> Vec<UserId> {
        let member = |entry| {
            let user = UserId::new(Uuid::now_v7());
            Member { entry, left_at: None, on_roster: true, roles: Vec::new(), user }
        };
        let entered: Vec<Member> = entries.into_iter().map(member).collect();
        let named = |member: &Member| (member.user, member.entry.name.to_string());
        let tx = self.store.begin().await.unwrap();
        users::create_all(&tx, &entered.iter().map(named).collect::<Vec<_>>(), self.now).await.unwrap();
        members::put(&tx, self.club, &entered, self.now).await.unwrap();
        tx.commit().await.unwrap();
        entered.iter().map(|member| member.user).collect()
    }

    /// Everybody of the club, by what can be compared between two worlds.
    async fn picture(&self) -> BTreeMap<String, Vec<String>> {
        let mut accounts: BTreeMap<UserId, Vec<String>> = BTreeMap::new();
        let known = members::accounts(self.store, self.club).await.unwrap();
        for some in known.chunks(1_000) {
            let some = some.iter().map(|(_, account)| *account);
            for one in identities::by_accounts(self.store, some).await.unwrap().into_values() {
                let line = format!("{} {:?}", one.account.username, one.link.map(|link| link.by));
                accounts.entry(one.user).or_default().push(line);
            }
        }
        let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for member in members::of_club(self.store, self.club).await.unwrap() {
            let (roster, left) = (member.on_roster, member.left_at.is_some());
            let theirs = accounts.remove(&member.user).unwrap_or_default();
            people
                .entry(format!("{} roster:{roster} left:{left}", member.entry.name))
                .or_default()
                .extend(theirs);
        }
        people.values_mut().for_each(|accounts| accounts.sort());
        people
    }

    async fn runs(&self) -> Vec<Run> {
        sync_runs::of_club(self.store, self.club, None, 20).await.unwrap()
    }
}

async fn people<'s>(world: &World, store: &'s Store) -> People<'s> {
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap().id;
    People { club, now: world.clock.now(), store }
}

impl World {
    fn store(&self) -> &Store {
        self.service().store()
    }

    async fn enter(&self, entries: impl IntoIterator<Item = RosterEntry>) -> Vec<UserId> {
        people(self, self.store()).await.enter(entries).await
    }

    async fn members(&self) -> Vec<Member> {
        members::of_club(self.store(), people(self, self.store()).await.club).await.unwrap()
    }

    async fn runs(&self) -> Vec<Run> {
        people(self, self.store()).await.runs().await
    }

    /// Who a member of the guild is, and how that came.
    async fn who(&self, person: &Person) -> Option<(String, Option<LinkedBy>)> {
        let identity = identities::by_account(self.store(), Id::new(person.id().get())).await.unwrap()?;
        let club = people(self, self.store()).await.club;
        let member = members::by_user(self.store(), club, identity.user).await.unwrap()?;
        Some((member.entry.name.to_string(), identity.link.map(|link| link.by)))
    }
}

impl Club<'_> {
    async fn sync(&self, mode: &str) -> Reply {
        let reply = self.organiser.slash("club sync").option("mode", mode).send().await;
        self.world.settle().await;
        reply.settled().await
    }

    async fn press(&self, message: &Message, button: &str) -> Reply {
        let reply = self.organiser.press(message, button).await;
        self.world.settle().await;
        reply.settled().await
    }
}

async fn set_member_role(world: &World, role: &Role) {
    let mut club = clubs::of_guild(world.store(), Id::new(world.guild.id().get())).await.unwrap().unwrap();
    club.settings.member_role = Some(Id::new(role.id.get()));
    let tx = world.store().begin().await.unwrap();
    clubs::save(&tx, &club, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A world whose Discord lets through as much as a test asks for.
fn quick() -> Setting {
    let start: Timestamp = START.parse().unwrap();
    let options =
        Options { bucket_factor: 1_000, global_per_second: None, ..Options::on(Clock::manual(start)) };
    Setting { options, ..Setting::default() }
}

/// People of whom every fifth is on the roster. Nobody has another's name, as long as there are fewer than 65,536, and few have one that
/// is like it.
fn crowd(size: usize) -> (Vec<String>, Vec<RosterEntry>) {
    let people: Vec<String> = (0..size).map(somebody).collect();
    let roster = people.iter().step_by(5).map(|name| named(name)).collect();
    (people, roster)
}

fn somebody(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "se", "tu", "vo"];
    let word = |digits: usize, places: u32| -> String {
        (0..places).map(|place| SYLLABLES[digits / 16_usize.pow(place) % 16]).collect()
    };
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    // An odd factor makes another surname of each number, and unlike ones of those that follow each other.
    let surname = number * 40_503 % 65_536;
    format!("{} {}", capital(word(number % 256, 2)), capital(word(surname, 4)))
}
