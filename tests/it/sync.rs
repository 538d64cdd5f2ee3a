//! Member syncs: shown first, applied as shown, asked about when many would leave, undone, and gone on with wherever they were cut off.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use sandbox::{
    Fault, FaultKind, MembersIntent, Message, Moment, Newcomer, Options, Role, Times,
    model::ChannelKind,
    people::{Person, Reply},
};
use simlane::{
    base::clock::Clock,
    domain::{
        account::Account,
        id::{ClubId, UserId},
        member::{LinkedBy, Member},
        roster::RosterEntry,
        sync::{Run, SyncKind, SyncState, Trouble},
    },
    store::{Store, audit::Doer, clubs, members, sync_runs, users},
};
use twilight_model::id::Id;
use uuid::Uuid;

use crate::world::{Club, Dead, LEASE, Pair, START, Setting, World};

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
        let tx = self.store.begin().await.unwrap();
        let mut entered = Vec::new();
        for entry in entries {
            let user = UserId::new(Uuid::now_v7());
            users::create(&tx, user, entry.name.as_str(), self.now).await.unwrap();
            let member = Member { entry, left_at: None, on_roster: true, roles: Vec::new(), user };
            members::put(&tx, self.club, &[member], self.now).await.unwrap();
            entered.push(user);
        }
        tx.commit().await.unwrap();
        entered
    }

    /// Everybody of the club, by what can be compared between two worlds.
    async fn picture(&self) -> BTreeMap<String, Vec<String>> {
        let mut accounts: BTreeMap<UserId, Vec<String>> = BTreeMap::new();
        for (user, account) in members::accounts(self.store, self.club).await.unwrap() {
            let one = users::identity(self.store, account).await.unwrap().unwrap();
            let line = format!("{} {:?}", one.account.username, one.link.map(|link| link.by));
            accounts.entry(user).or_default().push(line);
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
        let identity = users::identity(self.store(), Id::new(person.id().get())).await.unwrap()?;
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

/// A preview changes nothing, Apply makes exactly it, and Undo takes it back.
async fn is_shown_applied_and_undone(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let (ana, ben, wanderer) = (world.member("Ana Pereira"), world.member("Bee"), world.member("Wanderer"));
    ben.nickname(Some("Okafor, Ben | GT3"));
    world.enter([named("Ana Pereira"), named("Ben Okafor"), named("Cleo Lang")]).await;

    let preview = club.sync("preview").await;
    assert!(preview.is_ephemeral(), "{}", preview.text());
    let text = preview.text();
    assert!(text.contains("**2** likely") && text.contains("**1** unmatched"), "{text}");
    assert!(text.contains(&ana.mention()) && text.contains("Ana Pereira"), "{text}");
    assert_eq!((world.who(&ana).await, world.who(&wanderer).await), (None, None), "nothing has changed yet");

    let offered = preview.message();
    let apply = offered.button("Apply").unwrap().custom_id.unwrap();
    let applied = club.press(&offered, "Apply").await;
    assert!(applied.text().contains("Member sync done"), "{}", applied.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), Some(LinkedBy::Sync))));
    assert_eq!(world.who(&ben).await, Some(("Ben Okafor".to_owned(), Some(LinkedBy::Sync))));
    assert_eq!(world.who(&wanderer).await, Some(("Wanderer".to_owned(), None)));

    let again = club.organiser.press_custom_id(&offered, &apply).await;
    assert!(again.text().contains("applied, dropped, or waited too long"), "{}", again.text());
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());

    let asked = club.sync("undo").await;
    assert!(asked.text().contains("Undo the last sync?"), "{}", asked.text());
    let undone = club.press(&asked.message(), "Undo").await;
    assert!(undone.text().contains("undone"), "{}", undone.text());
    assert_eq!((world.who(&ana).await, world.who(&wanderer).await), (None, None));
    let names: Vec<String> = world.members().await.iter().map(|one| one.entry.name.to_string()).collect();
    assert_eq!(names, ["Ana Pereira", "Ben Okafor", "Cleo Lang"], "the roster stays");
    let refused = club.sync("undo").await;
    assert!(refused.text().contains("no sync to undo"), "{}", refused.text());
    let status = club.sync("status").await;
    assert!(status.text().contains("undone") && status.text().contains("taken back"), "{}", status.text());
    world.end().await;
}

#[tokio::test]
async fn a_sync_is_shown_applied_and_undone_on_sqlite() {
    is_shown_applied_and_undone(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_sync_is_shown_applied_and_undone_on_postgresql_and_redis() {
    is_shown_applied_and_undone(Pair::Postgres).await;
}

/// Somebody who signed up before the club knew them keeps the sign-up when names tell who they are, and again when that is undone.
#[tokio::test]
async fn what_somebody_signed_up_for_goes_with_them() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let ana = world.member("Ana Pereira");
    ana.press(&club.card(crate::world::CHANNEL), "Sign up").await;
    world.enter([named("Ana Pereira")]).await;
    club.sync("apply").await;
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Sync));
    world.settle().await;
    let me = ana.slash("me").send().await;
    assert!(me.text().contains("Spa 6 Hours") && me.text().contains("Ana Pereira"), "{}", me.text());
    let asked = club.sync("undo").await;
    club.press(&asked.message(), "Undo").await;
    let me = ana.slash("me").send().await;
    assert!(me.text().contains("Spa 6 Hours") && me.text().contains("Not linked"), "{}", me.text());
    world.pass(Duration::from_secs(20)).await;
    world.end().await;
}

/// People leave and come back; more than a fifth at once needs a yes.
#[tokio::test]
async fn who_leaves_is_marked_and_many_at_once_are_asked_about() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let people: Vec<Person> = (0..10).map(|number| world.member(&format!("Racer {number}"))).collect();
    club.sync("apply").await;
    people[0].leave();
    let left = club.sync("apply").await;
    assert!(left.text().contains("1 left"), "{}", left.text());
    people[0].join();
    let back = club.sync("apply").await;
    assert!(back.text().contains("1 back"), "{}", back.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 0);

    people.iter().take(4).for_each(Person::leave);
    let asks = club.sync("apply").await;
    assert!(asks.text().contains("more than a fifth"), "{}", asks.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 0);
    let kept = club.press(&asks.message(), "Cancel").await;
    assert!(kept.text().contains("nothing was changed"), "{}", kept.text());
    let asks = club.sync("apply").await;
    let gone = club.press(&asks.message(), "Apply, 4 leave").await;
    assert!(gone.text().contains("4 left"), "{}", gone.text());
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 4);
    world.end().await;
}

/// What has changed between the preview and the yes is left out, and told.
#[tokio::test]
async fn a_preview_is_applied_exactly_or_says_what_changed() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    let users = world.enter([named("Ana Pereira")]).await;
    let preview = club.sync("preview").await;
    let late = world.member("Late Comer");
    // Ana has proved who she is meanwhile.
    let account = Account {
        global_name: Some("Ana Pereira".to_owned()),
        id: Id::new(ana.id().get()),
        nickname: None,
        username: "anapereira".to_owned(),
    };
    let tx = world.store().begin().await.unwrap();
    let now = world.clock.now();
    simlane::store::users::of_account(&tx, &account, UserId::new(Uuid::now_v7()), now).await.unwrap();
    let link = simlane::domain::member::Link { at: now, by: LinkedBy::Oauth };
    users::give(&tx, account.id, users[0], Some(link), None).await.unwrap();
    tx.commit().await.unwrap();
    let applied = club.press(&preview.message(), "Apply").await;
    assert!(applied.text().contains("left out"), "{}", applied.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), Some(LinkedBy::Oauth))));
    assert_eq!(world.who(&late).await, None, "who came later is the next sync's");
    world.advance(Duration::from_secs(3_700)).await;
    let preview = club.sync("preview").await;
    world.advance(Duration::from_secs(3_601)).await;
    let late = club.press(&preview.message(), "Apply").await;
    assert!(late.text().contains("waited too long"), "{}", late.text());
    world.end().await;
}

/// Without the intent it says so, and goes on with the people who used the app.
#[tokio::test]
async fn without_the_intent_those_are_known_who_used_the_app() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let (ana, _ben) = (world.member("Ana Pereira"), world.member("Ben Okafor"));
    ana.press(&club.card(crate::world::CHANNEL), "Sign up").await;
    world.enter([named("Ana Pereira"), named("Ben Okafor")]).await;
    world.discord.members_intent(MembersIntent::Off);
    let preview = club.sync("preview").await;
    let text = preview.text();
    assert!(text.contains("Server Members Intent") && text.contains("**1** likely"), "{text}");
    club.press(&preview.message(), "Apply").await;
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Sync));
    assert_eq!(world.runs().await[0].trouble, Some(Trouble::NoIntent));
    world.pass(Duration::from_secs(20)).await;
    world.end().await;
}

/// The member role is given to whoever lacks it, and taken again by an undo from those alone; a role above the bot's own is told.
#[tokio::test]
async fn the_member_role_is_given_and_taken_back() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let role = world.guild.role("Members");
    ben.give(&role);
    set_member_role(&world, &role).await;
    world.guild.bot_role_position(1_000);
    club.sync("apply").await;
    let has = |person: &Person| world.guild.snapshot().guild.members[&person.id()].roles.contains(&role.id);
    assert!(has(&ana) && has(&ben));
    let asked = club.sync("undo").await;
    club.press(&asked.message(), "Undo").await;
    assert!(!has(&ana) && has(&ben), "who had it before keeps it");
    world.guild.bot_role_position(1);
    let told = club.sync("apply").await;
    assert!(told.text().contains("The member role was not given"), "{}", told.text());
    world.end().await;
}

async fn set_member_role(world: &World, role: &Role) {
    let mut club = clubs::of_guild(world.store(), Id::new(world.guild.id().get())).await.unwrap().unwrap();
    club.settings.member_role = Some(Id::new(role.id.get()));
    let tx = world.store().begin().await.unwrap();
    clubs::save(&tx, &club, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// One runs at a time; a page that fails is read again; a guild that is left in between ends it.
async fn lives_with_what_goes_wrong(pair: Pair) {
    let setting = quick();
    let world = World::with(pair, setting).await;
    let club = world.club().await;
    world.guild.fill((0..3_500).map(|number| format!("Racer {number}")));
    for kind in [
        FaultKind::Status { status: 500, code: 0 },
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::StatusAfter { status: 502, code: 0 },
    ] {
        let fault = Fault { kind, on: sandbox::Match::route(MEMBERS).nth(3), times: Times::Once };
        world.discord.faults().inject(fault);
        let reply = club.organiser.slash("club sync").option("mode", "preview").send().await;
        let twice = club.organiser.slash("club sync").send().await;
        world.minute().await;
        assert!(twice.text().contains("running already"), "{}", twice.text());
        let reply = reply.settled().await;
        assert!(reply.text().contains("Member sync: preview"), "{}", reply.text());
        let run = world.runs().await.remove(0);
        assert_eq!((run.pages, run.results.counts.seen), (4, 3_502), "{run:?}");
        club.press(&reply.message(), "Cancel").await;
    }
    let fault = Fault {
        kind: FaultKind::Status { status: 404, code: 10_004 },
        on: sandbox::Match::route(MEMBERS).nth(3),
        times: Times::UntilCleared,
    };
    let id = world.discord.faults().inject(fault);
    let lost = club.sync("apply").await;
    assert!(lost.text().contains("isn't in the server any more"), "{}", lost.text());
    world.discord.faults().clear(id);
    assert_eq!(world.runs().await[0].state, SyncState::Failed);
    world.end().await;
}

#[tokio::test]
async fn a_sync_lives_with_what_goes_wrong_on_sqlite() {
    lives_with_what_goes_wrong(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_sync_lives_with_what_goes_wrong_on_postgresql_and_redis() {
    lives_with_what_goes_wrong(Pair::Postgres).await;
}

/// A world whose Discord lets through as much as a test asks for.
fn quick() -> Setting {
    let start: Timestamp = START.parse().unwrap();
    let options =
        Options { bucket_factor: 1_000, global_per_second: None, ..Options::on(Clock::manual(start)) };
    Setting { options, ..Setting::default() }
}

/// What can't be told in the reply any more is told in the organiser channel, once, with counts and one mention.
#[tokio::test]
async fn a_result_that_comes_late_waits_in_the_organiser_channel() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    world.member("Ana Pereira");
    world.guild.by_hand().create(ChannelKind::Text, "office", None);
    club.choose("General", "Organiser channel", "office").await;
    let fault = Fault {
        kind: FaultKind::RateLimited {
            global: false,
            retry_after: Duration::from_secs(1_200),
            scope: "user",
        },
        on: sandbox::Match::route(MEMBERS).nth(1),
        times: Times::Once,
    };
    world.discord.faults().inject(fault);
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    world.settle().await;
    world.pass(Duration::from_secs(1_201)).await;
    let said: Vec<Message> = world.guild.messages();
    let late: Vec<&Message> =
        said.iter().filter(|one| one.text().contains("the member sync is done")).collect();
    assert_eq!(late.len(), 1, "{:?}", said.iter().map(Message::text).collect::<Vec<_>>());
    assert!(late[0].text().contains(&club.organiser.mention()), "{}", late[0].text());
    assert!(!late[0].text().contains("Ana"), "{}", late[0].text());
    world.end().await;
}

/// A club that wants it is synced in its own night, once.
#[tokio::test]
async fn a_club_is_synced_at_night_once() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let mut settings =
        clubs::of_guild(world.store(), Id::new(world.guild.id().get())).await.unwrap().unwrap();
    settings.settings.nightly_sync = true;
    let tx = world.store().begin().await.unwrap();
    clubs::save(&tx, &settings, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let service = world.service().service();
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 0, "it is noon");
    world.set_clock("2026-11-11T03:00:00Z").await;
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 1);
    world.settle().await;
    assert_eq!(service.start_nightly_syncs("test").await.unwrap(), 0);
    let runs = world.runs().await;
    assert_eq!((runs.len(), runs[0].kind, runs[0].state), (1, SyncKind::Nightly, SyncState::Done));
    assert!(
        club.organiser.slash("club sync").option("mode", "status").send().await.text().contains("nightly")
    );
    world.end().await;
}

/// A night's sync in which many would leave waits for a yes, for a day, and the answer is given where it is asked.
#[tokio::test]
async fn a_nights_sync_waits_for_a_yes_until_the_next() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let people: Vec<Person> = (0..10).map(|number| world.member(&format!("Racer {number}"))).collect();
    club.sync("apply").await;
    people.iter().take(5).for_each(Person::leave);
    let id = crate::sync::people(&world, world.store()).await.club;
    let service = world.service().service();
    service.start_sync(id, SyncKind::Nightly, Doer::Operator, "test").await.unwrap();
    world.pass(Duration::from_secs(5 * 3_600)).await;
    let panel = club.organiser.slash("club panel").send().await;
    assert!(panel.text().contains("waits for a yes"), "{}", panel.text());
    club.organiser.press(&panel.message(), "Allow").await;
    world.settle().await;
    assert_eq!(world.members().await.iter().filter(|member| member.left_at.is_some()).count(), 5);
    let panel = club.organiser.slash("club panel").send().await;
    assert!(!panel.text().contains("waits for a yes"), "{}", panel.text());
    world.end().await;
}

/// Nobody but organisers; and a sync of another club is out of reach.
#[tokio::test]
async fn a_sync_is_the_organisers_alone() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana");
    assert!(ana.slash("club sync").try_send().await.is_err(), "Discord hides it");
    let preview = club.sync("preview").await;
    let message = preview.message();
    let pressed = ana.try_press(&message, "Apply").await;
    assert!(pressed.is_err(), "nobody else sees it");
    let foreign =
        world.service().service().start_sync(ClubId::new(Uuid::nil()), SyncKind::Api, Doer::Operator, "t");
    assert!(foreign.await.is_err());
    world.end().await;
}

/// Who may be one of two is asked about, and the answer stands in the next sync.
#[tokio::test]
async fn who_is_in_doubt_is_asked_about_and_the_answer_stands() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    let other =
        |name: &str, iracing: &str| entry(serde_json::json!({ "name": name, "iracing_name": iracing }));
    world.enter([other("Ana Pereira", "Ana Pereira"), other("Ana Pereira", "Ana Pereira2")]).await;
    let applied = club.sync("apply").await;
    assert!(applied.text().contains("1 in doubt"), "{}", applied.text());
    let question = club.organiser.slash("club conflicts").send().await;
    assert!(question.text().contains(&ana.mention()), "{}", question.text());
    let message = question.message();
    let values = message.select_values("It is…");
    assert_eq!(values.len(), 2, "{values:?}");
    let decided = club.organiser.select(&message, "It is…", &[values[1].as_str()]).await;
    assert!(decided.text().contains("and stays so"), "{}", decided.text());
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Conflict));
    let none = club.organiser.slash("club conflicts").send().await;
    assert!(none.text().contains("Nobody is in doubt"), "{}", none.text());
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());
    world.end().await;
}

#[tokio::test]
async fn none_of_these_is_an_answer_too() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    world.enter([named("Ana Pereira"), named("Ana Pereira")]).await;
    club.sync("apply").await;
    let question = club.organiser.slash("club conflicts").send().await;
    let decided = club.organiser.press(&question.message(), "None of these").await;
    assert!(decided.text().contains("none of them"), "{}", decided.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), None)));
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());
    world.end().await;
}

/// Bots, people without a nickname worth the name and zalgo do no harm.
#[tokio::test]
async fn odd_members_do_no_harm() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let zalgo = "Z\u{300}\u{301}\u{302}\u{303}".repeat(8);
    let odd = [
        Newcomer { bot: true, global_name: Some("Ana Pereira".to_owned()), ..Newcomer::default() },
        Newcomer { nickname: Some(String::new()), username: Some("quiet".to_owned()), ..Newcomer::default() },
        Newcomer {
            nickname: Some("\u{200b}".to_owned()),
            username: Some("ghost".to_owned()),
            ..Newcomer::default()
        },
        Newcomer { global_name: Some(zalgo), ..Newcomer::default() },
    ];
    world.guild.fill(odd);
    world.enter([named("Ana Pereira")]).await;
    let applied = club.sync("apply").await;
    assert!(applied.text().contains("Member sync done"), "{}", applied.text());
    let counts = world.runs().await[0].results.counts;
    assert_eq!((counts.likely, counts.unmatched), (0, 1), "a bot is nobody: {counts:?}");
    world.end().await;
}

/// People of whom every fifth is on the roster.
fn crowd(size: usize) -> (Vec<String>, Vec<RosterEntry>) {
    let first = ["Ana", "Ben", "Cleo", "Dirk", "Esra", "Finn", "Gwen", "Hugo"];
    let name = |number: usize| format!("{} Q{}z{}", first[number % 8], number / 8, number % 8);
    let people = (0..size).map(name).collect();
    let roster = (0..size).step_by(5).map(|number| named(&name(number))).collect();
    (people, roster)
}

/// A sync that is killed with SIGKILL in the middle of a page, before one, and while its changes are made goes on where it was, and
/// comes to what an undisturbed one comes to.
async fn killed(pair: Pair, size: usize) {
    let (crowd, roster) = crowd(size);
    let undisturbed = {
        let world = World::with(pair, quick()).await;
        let club = world.club().await;
        world.guild.fill(crowd.clone());
        world.enter(roster.clone()).await;
        club.sync("apply").await;
        let picture = people(&world, world.store()).await.picture().await;
        world.end().await;
        picture
    };
    let world = World::asleep_with(pair, quick()).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    world.guild.fill(crowd);
    let store = Store::connect(&world.stores.database_url()).await.unwrap();
    let people = people(&world, &store).await;
    people.enter(roster).await;
    let (pages, mark) = (size.div_ceil(1_000), world.discord.mark());
    kill_at(&world, pages / 3, Moment::AfterEffect, kill);
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    assert_eq!(world.try_settle().await, Err(Dead));
    kill_at(&world, 2, Moment::BeforeEffect, successor(&world).await);
    assert_eq!(world.try_settle().await, Err(Dead));
    let kill = successor(&world).await;
    let while_applying = async {
        while people.runs().await[0].results.done == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill();
    };
    let (died, ()) = tokio::join!(world.try_settle(), while_applying);
    assert_eq!(died, Err(Dead));
    drop(successor(&world).await);
    world.settle().await;
    let run = people.runs().await.remove(0);
    assert_eq!(run.state, SyncState::Done, "{run:?}");
    let read = pages_read(&world, mark);
    assert!(read <= pages + 2, "{read} pages were read of {pages}, killed twice while reading");
    assert_eq!(people.picture().await, undisturbed);
    store.close().await.unwrap();
    world.end().await;
}

/// Has the service killed at the page with that number from now on.
fn kill_at(world: &World, page: usize, when: Moment, kill: impl Fn() + Send + Sync + 'static) {
    let at = sandbox::Match::route(MEMBERS).nth(u32::try_from(page).unwrap());
    world.discord.faults().on_call(at, move |moment, _| {
        if moment == when {
            kill();
        }
    });
}

/// A process that goes on once the claims of the one before have run out.
async fn successor(world: &World) -> impl Fn() + Send + Sync + use<> {
    let kill = world.serve_apart().await;
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    kill
}

fn pages_read(world: &World, mark: sandbox::Mark) -> usize {
    world.routes_since(mark).iter().filter(|route| *route == MEMBERS).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_that_is_killed_goes_on_where_it_was() {
    killed(Pair::Sqlite, 3_400).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sixty_thousand_members_on_sqlite() {
        killed(Pair::Sqlite, 60_000).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sixty_thousand_members_on_postgresql_and_redis() {
        killed(Pair::Postgres, 60_000).await;
    }
}
