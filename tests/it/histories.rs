//! Random histories of an event's teams: whatever people do, and Discord fails at, in the end it is as it should be, what others made
//! is as they left it, and nothing was done twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use sandbox::{Fault, FaultKind, Mark, Match, Role, Snowflake, Times, model::ChannelKind};
use simlane::{
    domain::{event::Event, team::Team},
    store::{clubs, events, signups, teams},
};
use twilight_model::id::Id;

use crate::world::{Club, EventForm, OVER, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
const PEOPLE: [&str; 5] = ["Anna", "Bela", "Cleo", "Dora", "Emil"];
const TEAMS: [&str; 3] = ["Red", "Blue", "Green"];

/// Something that happens; numbers pick a person or a team.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// An organiser puts somebody into a team.
    Add(usize, usize),
    /// The event is cancelled.
    Cancel,
    /// Somebody deletes what stands for a team by hand.
    DeleteByHand(usize, Thing),
    /// An organiser disbands a team.
    Disband(usize),
    /// An organiser takes somebody out of their team.
    Drop(usize),
    /// The next call of a kind fails.
    Fail(usize),
    /// The teams are settled.
    Finalize,
    /// Somebody leaves the server.
    Leave(usize),
    /// An organiser makes a team.
    Make(usize),
    /// A team is renamed.
    Rename(usize),
    /// A practice room is closed, or opened.
    Room(usize, bool),
    /// Somebody signs up.
    SignUp(usize),
    /// A quiet week archives a team's thread.
    Sleep(usize),
    /// Somebody withdraws.
    Withdraw(usize),
}

/// What stands for a team on Discord.
#[derive(Clone, Copy, Debug)]
enum Thing {
    Role,
    Room,
    Thread,
}

fn deed() -> impl Strategy<Value = Deed> {
    let (who, team) = (0..PEOPLE.len(), 0..TEAMS.len());
    let thing = prop_oneof![Just(Thing::Role), Just(Thing::Room), Just(Thing::Thread)];
    prop_oneof![
        6 => (who.clone(), team.clone()).prop_map(|(who, team)| Deed::Add(who, team)),
        1 => Just(Deed::Cancel),
        1 => (team.clone(), thing).prop_map(|(team, thing)| Deed::DeleteByHand(team, thing)),
        1 => team.clone().prop_map(Deed::Disband),
        2 => who.clone().prop_map(Deed::Drop),
        2 => (0..FAILING.len()).prop_map(Deed::Fail),
        3 => Just(Deed::Finalize),
        1 => who.clone().prop_map(Deed::Leave),
        2 => team.clone().prop_map(Deed::Make),
        2 => team.clone().prop_map(Deed::Rename),
        2 => (team.clone(), any::<bool>()).prop_map(|(team, open)| Deed::Room(team, open)),
        3 => who.clone().prop_map(Deed::SignUp),
        1 => team.prop_map(Deed::Sleep),
        2 => who.prop_map(Deed::Withdraw),
    ]
}

/// Calls that fail, each before its effect and after.
const FAILING: [(&str, FaultKind); 6] = [
    ("POST /channels/{channel_id}/threads", FaultKind::DropAfter),
    ("POST /guilds/{guild_id}/roles", FaultKind::DropAfter),
    ("POST /guilds/{guild_id}/channels", FaultKind::DropBefore),
    ("PUT /channels/{channel_id}/thread-members/{user_id}", FaultKind::DropAfter),
    ("PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}", FaultKind::DropBefore),
    ("DELETE /channels/{channel_id}", FaultKind::Status { status: 500, code: 0 }),
];

/// A history that is being lived.
struct Life<'w> {
    club: Club<'w>,
    /// The names of teams, by their number; a rename changes one.
    names: Vec<String>,
    world: &'w World,
}

impl<'w> Life<'w> {
    async fn begin(world: &'w World) -> Self {
        let club = world.club().await;
        world
            .stores
            .execute(r#"UPDATE club_settings SET teams = '{"practice":"both","race_rooms":"team"}'"#)
            .await;
        club.event(None, EventForm { classes: "GT3 x 3", ..EventForm::default() }).await;
        for name in PEOPLE {
            let _ = world.member(name);
        }
        world.settle().await;
        let names = TEAMS.map(ToOwned::to_owned).into();
        let life = Self { club, names, world };
        for team in 0..2 {
            life.play_one(Deed::Make(team)).await;
        }
        life
    }

    /// Lives through a deed. What can't be done any more is refused, and that is all.
    async fn play(&mut self, deed: Deed) {
        if let Deed::Rename(team) = deed {
            let name = format!("{}{}", TEAMS[team], self.names[team].len());
            if self.rename(team, &name).await {
                self.names[team] = name;
            }
        } else {
            self.play_one(deed).await;
        }
        self.world.pass(Duration::from_secs(20)).await;
    }

    async fn play_one(&self, deed: Deed) {
        let organiser = &self.club.organiser;
        match deed {
            Deed::Add(who, team) => self.on_page(team, "Add a driver from the server", PEOPLE[who]).await,
            Deed::Cancel => self.cancel().await,
            Deed::DeleteByHand(team, thing) => self.delete_by_hand(&self.names[team], thing),
            Deed::Disband(team) => {
                let Some(page) = self.page(team).await else { return };
                if let Ok(asked) = organiser.try_press(&page, "Disband").await {
                    let _ = organiser.try_press(&asked.message(), "Disband it").await;
                }
            }
            Deed::Drop(who) => {
                for team in 0..TEAMS.len() {
                    self.drop_from(team, PEOPLE[who]).await;
                }
            }
            Deed::Fail(at) => {
                let (route, kind) = FAILING[at].clone();
                self.world.discord.faults().inject(Fault {
                    on: Match::route(route),
                    times: Times::Once,
                    kind,
                });
            }
            Deed::Finalize => drop(organiser.slash("team finalize").send().await),
            Deed::Leave(who) => self.world.member(PEOPLE[who]).leave(),
            Deed::Make(team) => {
                drop(organiser.slash("team create").option("name", &self.names[team]).send().await);
            }
            Deed::Rename(_) => {}
            Deed::Room(team, open) => {
                let command = if open { "voice open" } else { "voice close" };
                drop(organiser.slash(command).option("team", &self.names[team]).send().await);
            }
            Deed::SignUp(who) => self.click(who, "Sign up").await,
            Deed::Sleep(team) => {
                if let Some(thread) = self.thread(&self.names[team]) {
                    self.world.guild.by_hand().archive(thread.id, true, false);
                }
            }
            Deed::Withdraw(who) => self.click(who, "Withdraw").await,
        }
    }

    /// Presses a button of the card, as somebody who is there; sure of it, where they are asked.
    async fn click(&self, who: usize, button: &str) {
        if !self.is_here(PEOPLE[who]) {
            return;
        }
        let messages = self.world.guild.channel_named(CHANNEL).map(|channel| channel.messages());
        let card = messages.into_iter().flatten().find(|message| message.button(button).is_some());
        let Some(card) = card else { return };
        let who = self.world.member(PEOPLE[who]);
        if let Ok(reply) = who.try_press(&card, button).await
            && reply.is_ephemeral()
        {
            let _ = who.try_press(&reply.message(), "Withdraw all the same").await;
        }
    }

    fn is_here(&self, name: &str) -> bool {
        let snapshot = self.world.guild.snapshot();
        snapshot
            .users
            .iter()
            .any(|user| user.display_name() == name && snapshot.guild.members.contains_key(&user.id))
    }

    async fn page(&self, team: usize) -> Option<sandbox::Message> {
        let page = self.club.organiser.slash("team manage").option("team", &self.names[team]).send().await;
        page.failure().is_none().then(|| page.message())
    }

    async fn on_page(&self, team: usize, select: &str, name: &str) {
        if !self.is_here(name) {
            return;
        }
        if let Some(page) = self.page(team).await {
            let _ = self.club.organiser.try_select(&page, select, &[name]).await;
        }
    }

    async fn drop_from(&self, team: usize, name: &str) {
        let Some(page) = self.page(team).await else { return };
        let organiser = &self.club.organiser;
        if let Ok(mate) = organiser.try_select(&page, "Choose somebody to change", &[name]).await {
            let _ = organiser.try_press(&mate.message(), "Take out").await;
        }
    }

    async fn rename(&self, team: usize, name: &str) -> bool {
        let Some(page) = self.page(team).await else { return false };
        let Ok(form) = self.club.organiser.try_press(&page, "Edit").await else { return false };
        form.modal().fill("Name", name).submit().await.failure().is_none()
    }

    async fn cancel(&self) {
        let page = self.club.organiser.slash("event manage").send().await;
        if page.failure().is_none()
            && let Ok(form) = self.club.organiser.try_press(&page.message(), "Cancel event").await
        {
            form.modal().fill("Reason", "Fog").submit().await.settled().await;
        }
    }

    fn thread(&self, name: &str) -> Option<sandbox::Channel> {
        let channel = self.world.guild.channel_named(CHANNEL)?;
        channel.threads().into_iter().find(|thread| thread.name == name)
    }

    fn role(&self, name: &str) -> Option<Snowflake> {
        let snapshot = self.world.guild.snapshot();
        snapshot.guild.roles.values().find(|role| role.name == name).map(|role| role.id)
    }

    fn delete_by_hand(&self, name: &str, thing: Thing) {
        let by_hand = self.world.guild.by_hand();
        match thing {
            Thing::Role => self.role(name).into_iter().for_each(|role| by_hand.delete_role(role)),
            Thing::Room => {
                let room = format!("{name} · practice · Spa 6 Hours");
                self.world.guild.channels_named(&room).iter().for_each(|room| by_hand.delete(room.id));
            }
            Thing::Thread => self.thread(name).iter().for_each(|thread| by_hand.delete(thread.id)),
        }
    }
}

/// What others made, which stays as they left it.
struct Others {
    channel: Snowflake,
    role: Role,
    thread: Snowflake,
}

impl Others {
    fn make(world: &World) -> Self {
        let by_hand = world.guild.by_hand();
        let role = world.guild.role("Friends");
        world.member("Anna").give(&role);
        let channel = by_hand.create(ChannelKind::Voice, "Lounge", None).id;
        let event = world.guild.channel_named(CHANNEL).unwrap();
        Self {
            channel,
            role,
            thread: by_hand.create_thread(event.id, "Setups", ChannelKind::PublicThread).id,
        }
    }

    fn check(&self, world: &World, anna: bool) {
        let snapshot = world.guild.snapshot();
        assert!(snapshot.guild.roles.contains_key(&self.role.id), "their role is gone");
        if anna {
            let holds = |member: &sandbox::model::Member| member.roles.contains(&self.role.id);
            assert!(snapshot.guild.members.values().any(holds), "who had it has it no more");
        }
        let there = |id| world.guild.channel(id).is_some();
        assert!(there(self.channel) && there(self.thread), "a channel or thread of theirs is gone");
    }
}

/// The event and its settled teams, with those of their people who have a place and are there.
async fn wanted(world: &World) -> (Event, Vec<(Team, BTreeSet<Snowflake>)>) {
    let service = world.service();
    let store = service.store();
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let event =
        events::live(store, club.id, "2026-11-01T00:00:00Z".parse().unwrap()).await.unwrap().remove(0);
    let sheet = signups::sheet(store, event.id).await.unwrap();
    let here = world.guild.snapshot().guild.members;
    let teams = teams::of_event(store, event.id).await.unwrap();
    let people = |team: &Team| -> BTreeSet<Snowflake> {
        let stands =
            |user: &simlane::domain::id::UserId| sheet.of(*user).is_some_and(|line| line.state.has_place());
        let mates = team
            .mates
            .iter()
            .filter(|mate| stands(&mate.user))
            .map(|mate| Snowflake::new(mate.discord.get()));
        mates.filter(|user| here.contains_key(user)).collect()
    };
    let settled = teams.all().iter().filter(|team| team.is_final());
    let settled = settled.map(|team| (team.clone(), people(team))).collect();
    (event, settled)
}

/// Each settled team has exactly one thread with its people, and where the event goes on a role with the same; nothing else stands.
async fn is_as_it_should_be(world: &World, others: &Others) {
    let (event, settled) = wanted(world).await;
    let channel = world.guild.channel_named(CHANNEL).unwrap();
    let snapshot = world.guild.snapshot();
    let bot = snapshot.users.iter().find(|user| user.display_name() == "Simlane").map(|user| user.id);
    let threads: BTreeMap<String, BTreeSet<Snowflake>> = channel
        .threads()
        .into_iter()
        .filter(|thread| thread.id != others.thread)
        .map(|thread| {
            (thread.name.clone(), thread.members().into_iter().filter(|user| Some(*user) != bot).collect())
        })
        .collect();
    let ours = snapshot.guild.roles.values().filter(|role| {
        role.permissions == sandbox::Permissions::NONE
            && role.id != others.role.id
            && role.managed_by.is_none()
    });
    let holders = |role: Snowflake| -> BTreeSet<Snowflake> {
        snapshot
            .guild
            .members
            .values()
            .filter(|member| member.roles.contains(&role))
            .map(|member| member.user)
            .collect()
    };
    let roles: BTreeMap<String, BTreeSet<Snowflake>> =
        ours.map(|role| (role.name.clone(), holders(role.id))).collect();
    let should_be: BTreeMap<String, BTreeSet<Snowflake>> =
        settled.iter().map(|(team, people)| (team.name.to_string(), people.clone())).collect();
    assert_eq!(threads, should_be, "threads");
    let with_roles = if event.is_cancelled() { BTreeMap::new() } else { should_be };
    assert_eq!(roles, with_roles, "roles");
}

/// Nobody was added, given or taken anything twice in a row.
fn nothing_was_done_twice(world: &World, since: Mark) {
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for call in world.discord.calls_since(since) {
        let is_about_people = call.path.contains("/thread-members/") || call.path.contains("/roles/");
        if !is_about_people || !call.took_effect {
            continue;
        }
        let before = last.insert(call.path.clone(), call.method.clone());
        assert_ne!(before.as_ref(), Some(&call.method), "{} {} twice", call.method, call.path);
    }
}

async fn lived(pair: Pair, deeds: &[Deed]) {
    let world = World::new(pair).await;
    let mut life = Life::begin(&world).await;
    let others = Others::make(&world);
    let mark = world.discord.mark();
    for deed in deeds {
        life.play(*deed).await;
    }
    world.discord.faults().clear_all();
    for _ in 0..4 {
        world.minute().await;
    }
    // What was deleted by hand is seen by the daily check.
    world.day().await;
    world.minute().await;
    is_as_it_should_be(&world, &others).await;
    others.check(&world, life.is_here("Anna"));
    if !deeds.iter().any(|deed| matches!(deed, Deed::Fail(_))) {
        nothing_was_done_twice(&world, mark);
    }
    let mark = world.discord.mark();
    world.minute().await;
    assert_eq!(world.routes_since(mark), [""; 0], "something goes on and on");
    world.at(OVER).await;
    world.end().await;
}

fn any_history(pair: Pair, cases: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config { cases, max_shrink_iters: 24, failure_persistence: None, ..Config::default() };
    let deeds = prop::collection::vec(deed(), 4..16);
    let lives = TestRunner::new(config).run(&deeds, |deeds| {
        let lived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(lived(pair, &deeds));
        }));
        lived.map_err(|panic| {
            let said = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            TestCaseError::fail(said)
        })
    });
    lives.unwrap();
}

#[test]
fn any_history_ends_as_it_should() {
    any_history(Pair::Sqlite, 8);
}

/// Tests that take their time.
mod long {
    use super::*;

    #[test]
    fn any_history_ends_as_it_should_on_sqlite() {
        any_history(Pair::Sqlite, 150);
    }

    #[test]
    fn any_history_ends_as_it_should_on_postgresql_and_redis() {
        any_history(Pair::Postgres, 50);
    }
}
