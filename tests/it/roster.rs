//! A roster from a spreadsheet: fetched, shown, confirmed and written, whatever is wrong with the file, and wherever the service dies.

use std::{fmt::Write as _, time::Duration};

use sandbox::{
    Attachment, Match, Message, Moment, Served,
    people::{Person, Reply, ReplyKind},
};
use simlane::{
    app::Timings,
    store::{Store, clubs, members},
};
use twilight_model::id::Id;

use crate::world::{Club, LEASE, Pair, Setting, World, timings};

const FILE: &str = "external_id,name,email,iracing_id\n17,Ana Pereira,ana@example.com,101\n18,Bo Lind,,102\n";
/// Edits of an answer that was given before.
const EDIT: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";

/// Brings a file, and reads what comes of it.
async fn bring(world: &World, who: &Person, file: Attachment) -> Reply {
    let reply = who.slash("club import").option("file", file).send().await;
    assert_eq!(reply.kind(), ReplyKind::Deferred, "{}", reply.text());
    world.settle().await;
    let reply = reply.settled().await;
    assert!(reply.is_ephemeral());
    reply
}

fn csv(text: impl Into<Vec<u8>>) -> Attachment {
    Attachment::new("roster.csv", text)
}

/// A file with so many drivers.
fn many(count: usize) -> Attachment {
    let mut text = "name,email\n".to_owned();
    for at in 0..count {
        writeln!(text, "Driver {at},driver{at}@example.com").unwrap();
    }
    csv(text)
}

/// Presses a button, and reads what the message shows in the end.
async fn press(world: &World, who: &Person, message: &Message, button: &str) -> String {
    let reply = who.press(message, button).await;
    world.settle().await;
    reply.settled().await.text()
}

/// The names on the club's roster.
async fn roster(world: &World) -> Vec<String> {
    let store = Store::connect(&world.stores.database_url()).await.unwrap();
    let club = clubs::of_guild(&store, Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let people = members::of_club(&store, club.id).await.unwrap();
    store.close().await.unwrap();
    let mut names: Vec<String> = people
        .into_iter()
        .filter(|member| member.on_roster)
        .map(|member| member.entry.name.to_string())
        .collect();
    names.sort();
    names
}

async fn is_shown_confirmed_and_written(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let organiser = &club.organiser;
    let shown = bring(&world, organiser, csv(FILE)).await;
    assert!(shown.text().contains("2 new"), "{}", shown.text());
    assert_eq!(roster(&world).await, Vec::<String>::new(), "nothing before the yes");
    let done = press(&world, organiser, &shown.message(), "Confirm").await;
    assert!(done.contains("is imported: 2 new") && done.contains("/club sync"), "{done}");
    assert_eq!(roster(&world).await, ["Ana Pereira", "Bo Lind"]);
    // The same file again, then one in which she is called otherwise and he is missing.
    let again = bring(&world, organiser, csv(FILE)).await;
    assert!(again.text().contains("Nothing to import"), "{}", again.text());
    let renamed = bring(&world, organiser, csv("external_id,name\n17,Ana Silva\n")).await;
    assert!(
        renamed.text().contains("1 changed") && renamed.text().contains("isn't in the file"),
        "{}",
        renamed.text()
    );
    press(&world, organiser, &renamed.message(), "Confirm").await;
    assert_eq!(roster(&world).await, ["Ana Silva", "Bo Lind"]);
    world.end().await;
}

#[tokio::test]
async fn a_roster_is_shown_confirmed_and_written_on_sqlite() {
    is_shown_confirmed_and_written(Pair::Sqlite).await;
}

#[tokio::test]
async fn a_roster_is_shown_confirmed_and_written_on_postgresql_and_redis() {
    is_shown_confirmed_and_written(Pair::Postgres).await;
}

#[tokio::test]
async fn a_file_of_an_old_windows_program_is_read() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let file = b"Vorname;Nachname;E-Mail;Auto\r\nJ\xf6rg;Gro\xdf;joerg@example.com;#7\r\n".to_vec();
    let shown = bring(&world, &club.organiser, csv(file)).await;
    assert!(
        shown.text().contains("Windows-1252 was guessed") && shown.text().contains("`Auto`"),
        "{}",
        shown.text()
    );
    press(&world, &club.organiser, &shown.message(), "Confirm").await;
    assert_eq!(roster(&world).await, ["Jörg Groß"]);
    world.end().await;
}

#[tokio::test]
async fn every_bad_line_is_named_and_the_good_ones_are_taken() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let organiser = &club.organiser;
    let shown = bring(
        &world,
        organiser,
        csv("external_id,name,email\n1,Ana,family@example.com\n2,Bo,bo@example.com\n"),
    )
    .await;
    press(&world, organiser, &shown.message(), "Confirm").await;
    // Two people of the club with one address, as they may come from a site.
    world.stores.execute("UPDATE members SET email = 'family@example.com'").await;
    let file = "external_id,name,email\n3,Cy,cy@example.com\n3,Cy,\n4,,dee@example.com\n5,Eve,eve@\n,Family,family@example.com\n";
    let shown = bring(&world, organiser, csv(file)).await;
    let text = shown.text();
    for line in [
        "4 lines aren't taken",
        "line 3: same external_id as line 2",
        "line 4: no name",
        "line 5: `eve@` is not an e-mail address",
        "line 6: 2 people of the club have that e-mail",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let done = press(&world, organiser, &shown.message(), "Confirm").await;
    assert!(done.contains("1 new") && done.contains("line 6:"), "{done}");
    assert_eq!(roster(&world).await, ["Ana", "Bo", "Cy"]);
    world.end().await;
}

#[tokio::test]
async fn many_bad_lines_are_turned_like_pages() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let bad = (0..300).fold("name,email\n".to_owned(), |text, at| text + &format!("Driver {at},{at}@\n"));
    let shown = bring(&world, &club.organiser, csv(bad + "Ana,ana@example.com\n")).await;
    assert!(shown.text().contains("line 2:") && shown.text().contains("(page 1 of"), "{}", shown.text());
    let second = club.organiser.press(&shown.message(), "Later lines").await;
    assert!(second.text().contains("(page 2 of") && !second.text().contains("line 2:"), "{}", second.text());
    let done = press(&world, &club.organiser, &second.message(), "Confirm").await;
    assert!(done.contains("1 new") && done.contains("more: `/club import`"), "{done}");
    world.end().await;
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_what_to_do() {
    let quick = Timings { call: Duration::from_secs(1), ..timings() };
    let world = World::with(Pair::Sqlite, Setting { timings: quick, ..Setting::default() }).await;
    let club = world.club().await;
    let redirect = Served::Redirected(format!("{}/elsewhere", world.discord.url()));
    for (file, why) in [
        (csv("email\nana@example.com\n"), "No column is called `name`"),
        (csv("name\n"), "nobody below them."),
        (csv(""), "The file is empty"),
        (Attachment::new("roster.xlsx", b"PK\x03\x04\x14\0\x06\0workbook".to_vec()), "save it as CSV"),
        (csv(FILE).served(Served::Streamed { mebibytes: 200 }), "larger than 5 MiB"),
        (csv(FILE).served(redirect), "couldn't be fetched"),
        (csv(FILE).served(Served::Gone), "Upload it again"),
        (csv(FILE).served(Served::Hanging), "couldn't be fetched"),
        (csv(FILE).elsewhere("http://169.254.169.254/attachments/1/2/roster.csv"), "Attach the file itself"),
    ] {
        let reply = bring(&world, &club.organiser, file).await;
        let text = reply.text();
        assert!(text.contains(why) && text.contains("Nothing is changed"), "{why}: {text}");
        assert_eq!(reply.message().button_labels(), Vec::<String>::new());
    }
    let told = csv(FILE).claiming(200 * 1024 * 1024);
    let reply = club.organiser.slash("club import").option("file", told).send().await;
    assert_eq!(reply.kind(), ReplyKind::Message, "at once");
    assert!(reply.text().contains("larger than 5 MiB"), "{}", reply.text());
    assert_eq!(roster(&world).await, Vec::<String>::new());
    world.end().await;
}

#[tokio::test]
async fn a_roster_is_confirmed_once_or_cancelled_or_forgotten() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let organiser = &club.organiser;
    let twice = bring(&world, organiser, csv(FILE)).await.message();
    let confirm = twice.button("Confirm").unwrap().custom_id.clone().unwrap();
    let (one, two) = tokio::join!(
        organiser.press_custom_id(&twice, &confirm),
        organiser.press_custom_id(&twice, &confirm)
    );
    world.settle().await;
    let refused = [&one, &two].into_iter().filter(|reply| reply.text().contains("isn't waiting any more"));
    assert_eq!(refused.count(), 1, "{} / {}", one.text(), two.text());
    assert_eq!(roster(&world).await.len(), 2);

    let cancelled = bring(&world, organiser, csv("name\nCy\n")).await.message();
    let text = press(&world, organiser, &cancelled, "Cancel").await;
    assert!(text.contains("is not imported"), "{text}");
    let forgotten = bring(&world, organiser, csv("name\nDee\n")).await.message();
    world.pass(Duration::from_secs(3_601)).await;
    for (message, label) in [(&cancelled, "Confirm"), (&forgotten, "Confirm"), (&forgotten, "Cancel")] {
        let id = message.button(label).unwrap().custom_id.clone().unwrap();
        let reply = organiser.press_custom_id(message, &id).await;
        assert!(reply.text().contains("isn't waiting any more"), "{}", reply.text());
    }
    assert_eq!(roster(&world).await.len(), 2);
    world.end().await;
}

#[tokio::test]
async fn nobody_else_confirms() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let guild = world.discord.guild("Other Club");
    let other = Club { organiser: guild.organiser("Oscar"), world: &world };
    other.set_up().await;
    world.settle().await;
    let refused = world.member("Mo").slash("club import").option("file", csv(FILE)).try_send().await;
    assert!(refused.is_err(), "Discord hides it from those who don't organise");
    let message = bring(&world, &club.organiser, csv(FILE)).await.message();
    let theirs = other.organiser.slash("club panel").send().await.message();
    for label in ["Confirm", "Cancel"] {
        let id = message.button(label).unwrap().custom_id.clone().unwrap();
        let member = world.member("Mo").press_custom_id(&message, &id).await;
        assert!(member.text().contains("Only the club's organisers"), "{}", member.text());
        let stranger = other.organiser.press_custom_id(&theirs, &id).await;
        assert!(stranger.text().contains("isn't waiting any more"), "{}", stranger.text());
    }
    let done = press(&world, &club.organiser, &message, "Confirm").await;
    assert!(done.contains("2 new"), "{done}");
    world.end().await;
}

/// A successor takes over once the claims of the dead one have run out.
async fn succeed(world: &World) {
    drop(world.serve_apart().await);
    tokio::time::sleep(LEASE + Duration::from_millis(100)).await;
    world.settle().await;
}

/// Is killed while the file may be read, before the yes, and in the middle of writing; once more with the token dead by then.
async fn goes_on_where_it_was(pair: Pair) {
    let world = World::before(pair).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    let organiser = &club.organiser;
    let brought = organiser.slash("club import").option("file", many(1_700)).send().await;
    kill();
    succeed(&world).await;
    let shown = brought.settled().await;
    assert!(shown.text().contains("1700 new"), "{}", shown.text());

    // Between the preview and the yes.
    let kill = world.serve_apart().await;
    kill();
    let kill = world.serve_apart().await;
    let dies = Match::route(EDIT);
    world.discord.faults().on_call(dies, move |moment, _| {
        if moment == Moment::BeforeEffect {
            kill();
        }
    });
    let pressed = organiser.press(&shown.message(), "Confirm").await;
    assert!(world.try_settle().await.is_err(), "it dies while it shows how far it has got");
    let before = roster(&world).await.len();
    assert!((500..1_700).contains(&before), "in the middle: {before}");
    succeed(&world).await;
    let done = pressed.settled().await.text();
    assert!(done.contains("is imported: 1700 new"), "{done}");
    assert_eq!(roster(&world).await.len(), 1_700);
    let again = bring(&world, organiser, many(1_700)).await;
    assert!(again.text().contains("Nothing to import"), "{}", again.text());
    world.end().await;
}

#[tokio::test]
async fn an_import_that_is_killed_goes_on_where_it_was_on_sqlite() {
    goes_on_where_it_was(Pair::Sqlite).await;
}

#[tokio::test]
async fn an_import_that_is_killed_goes_on_where_it_was_on_postgresql_and_redis() {
    goes_on_where_it_was(Pair::Postgres).await;
}

#[tokio::test]
async fn an_import_that_outlives_its_message_is_done_all_the_same() {
    let world = World::before(Pair::Sqlite).await;
    let kill = world.serve_apart().await;
    world.settle().await;
    let club = world.club().await;
    let shown = bring(&world, &club.organiser, many(1_200)).await;
    let killed = std::sync::atomic::AtomicBool::new(false);
    world.discord.faults().on_call(Match::route(EDIT), move |moment, _| {
        if moment == Moment::BeforeEffect && !killed.swap(true, std::sync::atomic::Ordering::SeqCst) {
            kill();
        }
    });
    club.organiser.press(&shown.message(), "Confirm").await;
    assert!(world.try_settle().await.is_err());
    world.advance(Duration::from_secs(20 * 60)).await;
    succeed(&world).await;
    assert_eq!(roster(&world).await.len(), 1_200);
    let again = bring(&world, &club.organiser, many(1_200)).await;
    assert!(again.text().contains("Nothing to import"), "{}", again.text());
    world.end().await;
}

/// Two processes hear of everything.
async fn is_done_once(pair: Pair) {
    let mut world = World::new(pair).await;
    world.serve().await;
    world.settle().await;
    let club = world.club().await;
    let shown = bring(&world, &club.organiser, many(1_200)).await;
    let mark = world.discord.mark();
    club.organiser.press(&shown.message(), "Confirm").await;
    for _ in 0..20 {
        world.service().tick().await.unwrap();
    }
    world.settle().await;
    assert_eq!(roster(&world).await.len(), 1_200);
    let edits = world.routes_since(mark).into_iter().filter(|route| route == EDIT).count();
    assert!((1..=2).contains(&edits), "progress and result, not {edits} edits");
    world.end().await;
}

#[tokio::test]
async fn jobs_that_are_rung_for_again_and_again_are_done_once_on_sqlite() {
    is_done_once(Pair::Sqlite).await;
}

#[tokio::test]
async fn jobs_that_are_rung_for_again_and_again_are_done_once_on_postgresql_and_redis() {
    is_done_once(Pair::Postgres).await;
}
