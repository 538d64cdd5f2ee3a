//! `/club members`: who is of a club and how each was matched, in a list with pages and in a file that can be imported again.

use std::time::Duration;

use sandbox::{
    Fault, FaultKind, Match, Message, Moment, Permissions, Times,
    people::{Person, Reply, ReplyKind},
};
use simlane::{
    domain::{
        id::UserId,
        member::Member,
        roster::{RosterEntry, read_roster},
    },
    store::{Store, clubs, members, users},
};
use twilight_model::id::Id;
use uuid::Uuid;

use crate::world::{Club, Dead, LEASE, Pair, World};

const REPLY: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";

/// Enters people into the club's roster.
async fn enter(world: &World, store: &Store, entries: Vec<serde_json::Value>) {
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap().id;
    let tx = store.begin().await.unwrap();
    let entries: Vec<RosterEntry> =
        entries.into_iter().map(|entry| serde_json::from_value(entry).unwrap()).collect();
    let people: Vec<Member> = entries
        .into_iter()
        .map(|entry| {
            let user = UserId::new(Uuid::now_v7());
            Member { entry, left_at: None, on_roster: true, roles: Vec::new(), user }
        })
        .collect();
    let named: Vec<_> = people.iter().map(|person| (person.user, person.entry.name.to_string())).collect();
    users::create_all(&tx, &named, world.clock.now()).await.unwrap();
    members::put(&tx, club, &people, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

fn named(name: &str) -> serde_json::Value {
    serde_json::json!({ "name": name })
}

async fn sync(club: &Club<'_>) -> Reply {
    let reply = club.organiser.slash("club sync").option("mode", "apply").send().await;
    club.world.settle().await;
    reply.settled().await
}

async fn list(club: &Club<'_>, status: Option<&str>) -> Reply {
    let mut slash = club.organiser.slash("club members");
    if let Some(status) = status {
        slash = slash.option("status", status);
    }
    slash.send().await
}

/// The files of a message, as Discord hands them out.
async fn files(message: &Message) -> Vec<(String, Vec<u8>)> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut files = Vec::new();
    for attachment in &message.attachments {
        let url = attachment["url"].as_str().unwrap();
        let content = client.get(url).send().await.unwrap().bytes().await.unwrap();
        files.push((attachment["filename"].as_str().unwrap().to_owned(), content.to_vec()));
    }
    files
}

/// A club with somebody of each kind.
struct Kinds {
    ana: Person,
    gone: Person,
    twin: Person,
    wanderer: Person,
}

async fn kinds(club: &Club<'_>) -> Kinds {
    let world = club.world;
    let kinds = Kinds {
        ana: world.member("Ana Pereira"),
        gone: world.member("Gone Girl"),
        twin: world.member("Twin Sun"),
        wanderer: world.member("=Wanderer @everyone"),
    };
    let roster = vec![
        serde_json::json!({ "name": "Ana Pereira", "email": "ana@example.com", "external_id": "drv-1" }),
        named("Cleo *Lang* <@1>"),
        serde_json::json!({ "name": "The Leaver", "discord": kinds.gone.id().to_string() }),
        serde_json::json!({ "name": "Twin Sun", "iracing_id": "101", "iracing_name": "Twin Sun" }),
        serde_json::json!({ "name": "Twin Sun", "iracing_id": "102", "iracing_name": "Twin Sun2" }),
    ];
    enter(world, world.service().store(), roster).await;
    sync(club).await;
    kinds.gone.leave();
    sync(club).await;
    let question = club.organiser.slash("club conflicts").send().await.message();
    let values = question.select_values("It is…");
    club.organiser.select(&question, "It is…", &[values[0].as_str()]).await;
    kinds
}

async fn tells_who_is_of_the_club(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let empty = list(&club, None).await;
    assert!(empty.text().contains("Nobody is of the club yet"), "{}", empty.text());
    let Kinds { ana, gone, twin, wanderer } = kinds(&club).await;

    let mark = world.discord.mark();
    let shown = list(&club, None).await;
    assert!(shown.is_ephemeral());
    let text = shown.text();
    let lines = [
        "🟢 2 active · 🚪 1 left · 🔎 2 without a Discord account".to_owned(),
        format!("🟢 **Ana Pereira** · {} · display name is the roster name", ana.mention()),
        "🔎 **Cleo \\*Lang\\* \\<@\u{200b}1>** · no Discord account".to_owned(),
        format!("🚪 **The Leaver** · {} · by the roster · left <t:", gone.mention()),
        format!("🟢 **Twin Sun** · {} · chosen by {}", twin.mention(), club.organiser.mention()),
        format!(" · {} · on no roster", wanderer.mention()),
    ];
    for line in &lines {
        assert!(text.contains(line), "{line:?} is missing:\n{text}");
    }
    assert_eq!(world.routes_since(mark), [""; 0], "Discord isn't asked");
    let message = shown.message();
    assert!(message.mentions.users.is_empty() && !message.mentions.everyone, "nobody is pinged");

    let left = list(&club, Some("left")).await;
    assert!(left.text().contains("The Leaver") && !left.text().contains("Ana Pereira"), "{}", left.text());
    let active = club.organiser.select(&left.message(), "Show", &["Active"]).await;
    assert!(
        active.text().contains("Ana Pereira") && !active.text().contains("The Leaver"),
        "{}",
        active.text()
    );

    // The profile tells it in the same words.
    let profile = club.organiser.user_command("Racing profile", &twin).await.text();
    assert!(profile.contains(&format!(", chosen by {}", club.organiser.mention())), "{profile}");
    let profile = club.organiser.user_command("Racing profile", &ana).await.text();
    assert!(profile.contains(", display name is the roster name"), "{profile}");
    // Once the link goes, so does its reason.
    let asked = ana.slash("unlink").send().await;
    ana.press(&asked.message(), "Remove the link").await;
    let shown = list(&club, Some("no_account")).await.text();
    assert!(shown.contains("🔎 **Ana Pereira** · no Discord account\n"), "{shown}");
    world.end().await;
}

#[tokio::test]
async fn the_list_tells_who_is_of_the_club_on_sqlite() {
    tells_who_is_of_the_club(Pair::Sqlite).await;
}

#[tokio::test]
async fn the_list_tells_who_is_of_the_club_on_postgresql_and_redis() {
    tells_who_is_of_the_club(Pair::Postgres).await;
}

async fn has_pages(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let people = (0..600).map(|number| named(&format!("Racer {number:03}"))).collect();
    enter(&world, world.service().store(), people).await;
    let mut message = list(&club, None).await.message();
    assert!(
        message.text().contains("600 people") && message.text().contains("Racer 000"),
        "{}",
        message.text()
    );
    assert!(message.button("Back").unwrap().disabled);
    for page in 1..60 {
        let more = format!("More ({page} of 60)");
        message = club.organiser.press(&message, &more).await.message();
        let first = format!("Racer {:03}", page * 10);
        assert!(message.text().contains(&first), "{page}: {}", message.text());
    }
    assert!(message.button("More (60 of 60)").unwrap().disabled);
    let back = club.organiser.press(&message, "Back").await.message();
    assert!(back.text().contains("Racer 580"), "{}", back.text());
    world.end().await;
}

#[tokio::test]
async fn sixty_pages_are_turned_on_sqlite() {
    has_pages(Pair::Sqlite).await;
}

#[tokio::test]
async fn sixty_pages_are_turned_on_postgresql_and_redis() {
    has_pages(Pair::Postgres).await;
}

async fn is_a_file(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let Kinds { ana, wanderer, .. } = kinds(&club).await;
    let reply = club.organiser.slash("club members").option("format", "csv").send().await;
    assert_eq!(reply.kind(), ReplyKind::Deferred, "{}", reply.text());
    assert!(reply.is_ephemeral());
    world.settle().await;
    let reply = reply.settled().await;
    assert!(reply.text().contains("**Members of Night Owls:** "), "{}", reply.text());
    let sent = files(&reply.message()).await;
    let [(name, content)] = &sent[..] else { panic!("{} files", sent.len()) };
    assert_eq!(name, "members.csv");
    let text = String::from_utf8(content.clone()).unwrap();
    let line = |of: &str| text.lines().find(|line| line.contains(of)).unwrap_or_default().to_owned();
    assert!(text.starts_with("\u{feff}external_id,name,email,"), "{text}");
    let of_ana = line("Ana Pereira");
    assert!(of_ana.starts_with("drv-1,Ana Pereira,ana@example.com,"), "{of_ana}");
    assert!(of_ana.ends_with(",display name is the roster name"), "{of_ana}");
    assert!(of_ana.contains(&format!(",yes,active,,'{},", ana.id())), "{of_ana}");
    let of_twin = line("chosen by");
    assert!(of_twin.ends_with(&format!(",chosen by {}", username(&world, &club.organiser))), "{of_twin}");
    assert!(line("Wanderer").starts_with(",'=Wanderer"), "no formula: {}", line("Wanderer"));
    assert!(line("Wanderer").contains(&format!("'{}", wanderer.id())));

    // Imported again, it changes nothing.
    assert_eq!(read_roster(content).unwrap().people.len(), 5);
    let file = sandbox::Attachment::new(name, content.clone());
    let import = club.organiser.slash("club import").option("file", file).send().await;
    world.settle().await;
    let import = import.settled().await;
    assert!(
        import.text().contains("Nothing to import: the roster has 5 people just as the file does."),
        "{}",
        import.text()
    );

    // The button gives those who are shown.
    let left = list(&club, Some("left")).await;
    let reply = club.organiser.press(&left.message(), "Get as CSV").await;
    world.settle().await;
    let sent = files(&reply.settled().await.message()).await;
    let text = String::from_utf8(sent[0].1.clone()).unwrap();
    assert!(text.contains("The Leaver") && text.lines().count() == 2, "{text}");
    world.end().await;
}

fn username(world: &World, person: &Person) -> String {
    let users = world.guild.snapshot().users;
    users.into_iter().find(|user| user.id == person.id()).unwrap().username
}

#[tokio::test]
async fn the_file_can_be_imported_again_on_sqlite() {
    is_a_file(Pair::Sqlite).await;
}

#[tokio::test]
async fn the_file_can_be_imported_again_on_postgresql_and_redis() {
    is_a_file(Pair::Postgres).await;
}

async fn panel_leads_on(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let panel = async || club.organiser.slash("club panel").send().await.message();
    let health = async || {
        let reply = club.organiser.slash("club health").send().await;
        world.settle().await;
        reply.settled().await.text()
    };
    let before = panel().await;
    assert!(before.text().contains("**Last sync:** none yet"), "{}", before.text());
    assert!(before.button("Who is who").is_none());
    assert!(health().await.contains("✅ **Member sync** · fine: none has run yet."), "{}", health().await);

    let twin = world.member("Twin Sun");
    let twins = ["101", "102"].map(|id| serde_json::json!({ "name": "Twin Sun", "iracing_id": id }));
    enter(&world, world.service().store(), twins.to_vec()).await;
    let preview = club.organiser.press(&before, "Sync preview").await;
    world.settle().await;
    let preview = preview.settled().await;
    assert!(preview.text().contains("Member sync: preview"), "{}", preview.text());
    assert!(panel().await.text().contains("**Last sync:** none yet"), "nothing was applied");
    club.organiser.press(&preview.message(), "Apply").await;
    world.settle().await;
    let waits = panel().await;
    assert!(
        waits.text().contains("**In doubt:** 1 account may be one of several people"),
        "{}",
        waits.text()
    );
    assert!(waits.text().contains("· ✅ "), "{}", waits.text());
    let asked = club.organiser.press(&waits, "Who is who").await;
    assert!(
        asked.text().contains("# Who is this?") && asked.text().contains(&twin.mention()),
        "{}",
        asked.text()
    );
    assert!(health().await.contains("✅ **Member sync** · fine: the last one went well."));

    let gone = Fault {
        kind: FaultKind::Status { status: 404, code: 10_004 },
        on: Match::route("GET /guilds/{guild_id}/members"),
        times: Times::Once,
    };
    world.discord.faults().inject(gone);
    world.advance(Duration::from_secs(1)).await;
    sync(&club).await;
    assert!(panel().await.text().contains("❌ ended before it was done"), "{}", panel().await.text());
    let told = health().await;
    assert!(told.contains("❌ **Member sync** · problem: the last one ended early"), "{told}");
    world.advance(Duration::from_secs(1)).await;
    sync(&club).await;
    world.advance(Duration::from_secs(31 * 24 * 3_600)).await;
    let told = health().await;
    assert!(told.contains("⚠️ **Member sync** · warning: the last one ran 31 days ago."), "{told}");
    world.end().await;
}

#[tokio::test]
async fn the_panel_leads_to_conflicts_and_syncs_on_sqlite() {
    panel_leads_on(Pair::Sqlite).await;
}

#[tokio::test]
async fn the_panel_leads_to_conflicts_and_syncs_on_postgresql_and_redis() {
    panel_leads_on(Pair::Postgres).await;
}

/// Nobody but organisers, whoever finds a button; without a club there is nothing to list.
#[tokio::test]
async fn members_are_listed_to_organisers_alone() {
    let world = World::new(Pair::Sqlite).await;
    let none = world.guild.organiser("Olivia").slash("club members").send().await;
    assert!(none.text().contains("`/club setup`"), "{}", none.text());
    let club = world.club().await;
    let ana = world.member("Ana");
    assert!(ana.slash("club members").try_send().await.is_err(), "Discord hides it");
    enter(&world, world.service().store(), vec![named("Cleo Lang")]).await;
    let shown = list(&club, None).await.message();
    club.organiser.take(&world.guild.role_with("Organisers", Permissions::MANAGE_GUILD));
    for press in ["1:members:all:0", "1:file:all"] {
        let refused = club.organiser.press_custom_id(&shown, press).await;
        assert!(refused.text().contains("organisers"), "{press}: {}", refused.text());
        assert!(!refused.text().contains("Cleo"), "{press}: {}", refused.text());
    }
    world.end().await;
}

/// An answer with a file that gets lost is sent again, with the file.
#[tokio::test]
async fn a_file_that_gets_lost_is_sent_again() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    enter(&world, world.service().store(), vec![named("Cleo Lang")]).await;
    for kind in [FaultKind::DropBefore, FaultKind::DropAfter, FaultKind::Status { status: 500, code: 0 }] {
        let fault = Fault { on: Match::route(REPLY), times: Times::Once, kind: kind.clone() };
        world.discord.faults().inject(fault);
        let reply = club.organiser.slash("club members").option("format", "csv").send().await;
        world.settle().await;
        let sent = files(&reply.settled().await.message()).await;
        assert_eq!(sent.len(), 1, "{kind:?}");
        assert!(String::from_utf8_lossy(&sent[0].1).contains("Cleo Lang"), "{kind:?}");
    }
    world.end().await;
}

/// A process that is killed while it sends the file, before Discord has it or after, leaves it to its successor.
async fn outlives_its_process(pair: Pair, moment: Moment) {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    let store = Store::connect(&world.stores.database_url()).await.unwrap();
    enter(&world, &store, (0..2_000).map(|number| named(&format!("Racer {number}"))).collect()).await;
    let reply_is_sent = Match::route(REPLY).nth(1);
    world.discord.faults().on_call(reply_is_sent, move |at, _| {
        if at == moment {
            kill();
        }
    });
    let reply = club.organiser.slash("club members").option("format", "csv").send().await;
    assert_eq!(world.try_settle().await, Err(Dead));
    drop(world.serve_apart().await);
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    world.settle().await;
    // The claim of whoever died holds for as long as a call may take.
    for _ in 0..40 {
        if reply.settled().await.message().attachments.len() == 1 && world.try_settle().await.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        world.settle().await;
    }
    let sent = files(&reply.settled().await.message()).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(read_roster(&sent[0].1).unwrap().people.len(), 2_000);
    store.close().await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn a_file_outlives_its_process_on_sqlite() {
    outlives_its_process(Pair::Sqlite, Moment::BeforeEffect).await;
}

#[tokio::test]
async fn a_file_outlives_its_process_on_postgresql_and_redis() {
    outlives_its_process(Pair::Postgres, Moment::AfterEffect).await;
}

/// Tests that take their time.
mod long {
    use super::*;

    /// The list of a large club is answered at once, and its file is one that can be imported again, in parts.
    async fn fifty_thousand(pair: Pair) {
        let world = World::new(pair).await;
        let club = world.club().await;
        let person = |number: u32| {
            serde_json::json!({
                "name": format!("Driver Number {number}"),
                "email": format!("driver.number.{number}@example.com"),
                "external_id": format!("drv-{number}"),
                "aliases": [format!("The {number}th")],
            })
        };
        enter(&world, world.service().store(), (0..50_000).map(person).collect()).await;
        let begun = std::time::Instant::now();
        let shown = list(&club, Some("no_account")).await;
        assert_eq!(shown.kind(), ReplyKind::Message, "it came at once");
        eprintln!("a page of 50,000 people: {:?}", begun.elapsed());
        assert!(shown.text().contains("**50000 people:**"), "{}", shown.text());
        let begun = std::time::Instant::now();
        let reply = club.organiser.slash("club members").option("format", "csv").send().await;
        world.settle().await;
        let sent = files(&reply.settled().await.message()).await;
        eprintln!("{} files of 50,000 people: {:?}", sent.len(), begun.elapsed());
        let read: usize = sent.iter().map(|(_, content)| read_roster(content).unwrap().people.len()).sum();
        assert_eq!(read, 50_000);
        world.end().await;
    }

    #[tokio::test]
    async fn fifty_thousand_people_are_listed_on_sqlite() {
        fifty_thousand(Pair::Sqlite).await;
    }

    #[tokio::test]
    async fn fifty_thousand_people_are_listed_on_postgresql_and_redis() {
        fifty_thousand(Pair::Postgres).await;
    }
}
