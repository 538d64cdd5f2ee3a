//! What each thing that people do costs in calls to Discord.

use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

use futures::future::join_all;
use insta::assert_snapshot;
use sandbox::model::ChannelKind;

use crate::world::{EventForm, Pair, World};

/// Calls by what was done, in order.
struct Bill<'w> {
    world: &'w World,
    lines: Vec<(&'static str, Vec<String>)>,
}

impl<'w> Bill<'w> {
    fn new(world: &'w World) -> Self {
        Self { world, lines: Vec::new() }
    }

    /// Does something and what follows from it, and writes down what that cost.
    async fn item<T>(&mut self, what: &'static str, act: impl AsyncFnOnce() -> T) -> T {
        let mark = self.world.discord.mark();
        let done = act().await;
        self.world.settle().await;
        self.lines.push((what, self.world.routes_since(mark)));
        done
    }

    /// The table: how many calls, and which.
    fn print(&self) -> String {
        let mut table = String::new();
        for (what, routes) in &self.lines {
            let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
            routes.iter().for_each(|route| *counted.entry(route).or_default() += 1);
            let kinds: Vec<String> = counted.iter().map(|(route, n)| format!("{n}× {route}")).collect();
            let _ = writeln!(table, "{:>2}  {what:<46}  {}", routes.len(), kinds.join(", "));
        }
        eprintln!("{table}");
        table
    }
}

/// Everything in an event's life, on each pair of stores: the bill is the same.
async fn bill(pair: Pair) -> String {
    let world = World::new(pair).await;
    let mut bill = Bill::new(&world);
    let club = bill.item("set the club up", async || world.club().await).await;
    let form = club.settings("Reminders").await.fill("Reminders before the start", "36h");
    form.submit().await.settled().await;
    bill.item("create a series", async || club.series("Winter Cup").await).await;
    let event = EventForm { classes: "GT3 x 2", ..EventForm::default() };
    bill.item("create an event in it", async || club.event(Some("Winter Cup"), event).await).await;
    let card = club.card("winter-cup-spa-6-hours-2026-12-05");
    let people: Vec<_> = (1..=100).map(|n| world.member(&format!("Driver {n}"))).collect();
    bill.item("one person signs up", async || people[0].press(&card, "Sign up").await).await;
    world.clock.advance(Duration::from_secs(60));
    bill.item("100 people sign up at once, and 5 s of quiet", async || {
        let clicks = people[1..].iter().chain([&club.organiser]).map(|who| who.press(&card, "Sign up"));
        for reply in join_all(clicks).await {
            assert!(reply.failure().is_none(), "{}", reply.text());
        }
        world.settle().await;
        world.clock.advance(Duration::from_secs(5));
    })
    .await;
    bill.item("reconcile again", async || world.pass(Duration::from_secs(60)).await).await;
    bill.item("a full check, once a day, and an update", async || world.at("2026-12-03T12:59:00Z").await)
        .await;
    bill.item("an update, once a day", async || world.at("2026-12-03T13:00:00Z").await).await;
    bill.item("a reminder of 101 people, 36 h ahead", async || world.at("2026-12-04T01:00:00Z").await).await;
    bill.item("a full check, once a day", async || world.at("2026-12-04T12:59:00Z").await).await;
    bill.item("race voice opens, 24 h ahead", async || world.at("2026-12-04T13:00:00Z").await).await;
    bill.item("a full check", async || world.at("2026-12-05T12:59:00Z").await).await;
    bill.item("the race starts", async || world.at("2026-12-05T13:00:00Z").await).await;
    bill.item("the race ends", async || world.at("2026-12-05T19:00:00Z").await).await;
    bill.item("a full check", async || world.at("2026-12-06T18:59:00Z").await).await;
    bill.item("put away into a new archive", async || world.at("2026-12-06T19:00:00Z").await).await;
    bill.item("a full check", async || world.pass(Duration::from_secs(24 * 3600)).await).await;
    bill.item("a minute later", async || world.pass(Duration::from_secs(60)).await).await;
    let table = bill.print();
    world.end().await;
    table
}

#[tokio::test]
async fn an_events_life_costs_no_more_than_it_must() {
    let sqlite = bill(Pair::Sqlite).await;
    assert_snapshot!(sqlite, @"
    1  set the club up                                 1× GET /users/@me
    1  create a series                                 1× POST /guilds/{guild_id}/channels
    3  create an event in it                           1× POST /channels/{channel_id}/messages, 1× POST /guilds/{guild_id}/channels, 1× POST /guilds/{guild_id}/scheduled-events
    0  one person signs up                             
    1  100 people sign up at once, and 5 s of quiet    1× PATCH /channels/{channel_id}/messages/{message_id}
    0  reconcile again                                 
    5  a full check, once a day, and an update         1× GET /channels/{channel_id}/messages/{message_id}, 1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles, 1× GET /guilds/{guild_id}/scheduled-events, 1× POST /channels/{channel_id}/messages
    1  an update, once a day                           1× PATCH /channels/{channel_id}/messages/{message_id}
    5  a reminder of 101 people, 36 h ahead            1× GET /channels/{channel_id}/messages/{message_id}, 1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles, 1× GET /guilds/{guild_id}/scheduled-events, 1× POST /channels/{channel_id}/messages
    0  a full check, once a day                        
    4  race voice opens, 24 h ahead                    1× PATCH /channels/{channel_id}/messages/{message_id}, 1× PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}, 1× POST /channels/{channel_id}/messages, 1× POST /guilds/{guild_id}/channels
    5  a full check                                    1× GET /channels/{channel_id}/messages/{message_id}, 1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles, 1× GET /guilds/{guild_id}/scheduled-events, 1× POST /channels/{channel_id}/messages
    2  the race starts                                 1× DELETE /channels/{channel_id}/messages/{message_id}, 1× PATCH /channels/{channel_id}/messages/{message_id}
    2  the race ends                                   1× PATCH /channels/{channel_id}/messages/{message_id}, 1× POST /channels/{channel_id}/messages
    2  a full check                                    1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles
    7  put away into a new archive                     1× DELETE /channels/{channel_id}, 1× PATCH /channels/{channel_id}, 1× PATCH /channels/{channel_id}/messages/{message_id}, 1× POST /channels/{channel_id}/messages, 1× POST /guilds/{guild_id}/channels, 2× PUT /channels/{channel_id}/permissions/{overwrite_id}
    2  a full check                                    1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles
    0  a minute later
    ");
    assert_eq!(bill(Pair::Postgres).await, sqlite);
}

/// What an organiser changes of an event, in a club that has everything shown: each place costs one call.
async fn bill_of_edits(pair: Pair) -> String {
    let world = World::new(pair).await;
    let club = world.club().await;
    club.series("Winter Cup").await;
    world.settle().await;
    drop(world.guild.by_hand().create(ChannelKind::Text, "news", None));
    let mut bill = Bill::new(&world);
    bill.item("choose a channel for the board", async || {
        club.choose("General", "Announcement channel", "news").await;
    })
    .await;
    bill.item("create an event", async || {
        club.event(Some("Winter Cup"), EventForm::default()).await;
    })
    .await;
    let edit = async |field: &str, typed: &str| {
        world.advance(Duration::from_secs(600)).await;
        let form = club.manage("Edit").await.modal();
        form.fill(field, typed).submit().await.settled().await;
    };
    bill.item("edit its name", async || edit("Name", "Spa 8 Hours").await).await;
    bill.item("edit its start", async || edit("Start", "2026-12-05 15:00").await).await;
    bill.item("edit its description", async || edit("Description", "Bring lights.").await).await;
    bill.item("one person signs up", async || {
        let card = club.card("winter-cup-spa-8-hours-2026-12-05");
        world.member("Anna").press(&card, "Sign up").await
    })
    .await;
    bill.item("close its sign-ups", async || club.manage("Close sign-ups").await.settled().await).await;
    bill.item("a full check, once a day", async || world.at("2026-12-04T13:59:00Z").await).await;
    bill.item("race voice opens, 24 h ahead", async || world.at("2026-12-04T14:00:00Z").await).await;
    bill.item("a full check", async || world.at("2026-12-05T13:59:00Z").await).await;
    bill.item("the race starts", async || world.at("2026-12-05T14:00:00Z").await).await;
    bill.item("the race ends", async || world.at("2026-12-05T20:00:00Z").await).await;
    let table = bill.print();
    world.end().await;
    table
}

#[tokio::test]
async fn an_edit_costs_one_call_for_each_place_that_shows_it() {
    let sqlite = bill_of_edits(Pair::Sqlite).await;
    assert_snapshot!(sqlite, @"
    6  choose a channel for the board                  1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/members/{user_id}, 1× GET /guilds/{guild_id}/roles, 1× GET /users/@me, 1× PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original, 1× POST /channels/{channel_id}/messages
    4  create an event                                 1× PATCH /channels/{channel_id}/messages/{message_id}, 1× POST /channels/{channel_id}/messages, 1× POST /guilds/{guild_id}/channels, 1× POST /guilds/{guild_id}/scheduled-events
    4  edit its name                                   1× PATCH /channels/{channel_id}, 2× PATCH /channels/{channel_id}/messages/{message_id}, 1× PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}
    3  edit its start                                  2× PATCH /channels/{channel_id}/messages/{message_id}, 1× PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}
    1  edit its description                            1× PATCH /channels/{channel_id}/messages/{message_id}
    0  one person signs up                             
    2  close its sign-ups                              2× PATCH /channels/{channel_id}/messages/{message_id}
    6  a full check, once a day                        2× GET /channels/{channel_id}/messages/{message_id}, 1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles, 1× GET /guilds/{guild_id}/scheduled-events, 1× POST /channels/{channel_id}/messages
    5  race voice opens, 24 h ahead                    1× PATCH /channels/{channel_id}/messages/{message_id}, 1× PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}, 2× POST /channels/{channel_id}/messages, 1× POST /guilds/{guild_id}/channels
    8  a full check                                    1× DELETE /channels/{channel_id}/messages/{message_id}, 2× GET /channels/{channel_id}/messages/{message_id}, 1× GET /guilds/{guild_id}/channels, 1× GET /guilds/{guild_id}/roles, 1× GET /guilds/{guild_id}/scheduled-events, 2× POST /channels/{channel_id}/messages
    3  the race starts                                 1× DELETE /channels/{channel_id}/messages/{message_id}, 2× PATCH /channels/{channel_id}/messages/{message_id}
    3  the race ends                                   2× PATCH /channels/{channel_id}/messages/{message_id}, 1× POST /channels/{channel_id}/messages
    ");
    assert_eq!(bill_of_edits(Pair::Postgres).await, sqlite);
}
