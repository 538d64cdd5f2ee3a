//! Calendars, as the programs of a person and of a club fetch them.

use std::path::PathBuf;

use reqwest::{
    Method,
    header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER},
};
use sandbox::{
    Options,
    people::{Person, Reply},
};
use simlane::{
    base::clock::Clock,
    domain::calendar::{Entry, event_file},
    store::{audit, clubs, events},
};
use twilight_model::id::Id;

use crate::world::{CHANNEL, Club, EventForm, Pair, Setting, World};

/// Where the service believes that people reach it.
const PUBLIC: &str = "http://localhost:8080";

/// The path that a reply's link leads to.
fn path(reply: &Reply) -> String {
    let text = reply.text();
    let link = text.split_whitespace().find(|word| word.starts_with(PUBLIC));
    link.unwrap_or_else(|| panic!("no link: {text}"))[PUBLIC.len()..].to_owned()
}

/// What `/me` links to.
async fn mine(person: &Person) -> (Reply, String) {
    let me = person.slash("me").send().await.message();
    let reply = person.press(&me, "Calendar").await;
    assert!(reply.is_ephemeral() && reply.failure().is_none(), "{}", reply.text());
    let path = path(&reply);
    (reply, path)
}

/// What `/club settings` links to.
async fn of_club(organiser: &Person) -> (Reply, String) {
    let settings = organiser.slash("club settings").send().await.message();
    let reply = organiser.press(&settings, "Calendar link").await;
    let path = path(&reply);
    (reply, path)
}

/// Asks for a new link, reads what that does, and makes one.
async fn renew(person: &Person, shown: &Reply) -> (Reply, String) {
    let asks = person.press(&shown.message(), "New link").await;
    assert!(asks.text().contains("stops at once"), "{}", asks.text());
    let renewed = person.press(&asks.message(), "Make a new link").await;
    assert!(renewed.text().contains("doesn't work any more"), "{}", renewed.text());
    let path = path(&renewed);
    (asks, path)
}

async fn ask(world: &World, method: Method, path: &str, tag: Option<&str>) -> reqwest::Response {
    let address = format!("{}{path}", world.address().await);
    let request = reqwest::Client::builder().no_proxy().build().unwrap().request(method, address);
    let request = tag.into_iter().fold(request, |request, tag| request.header(IF_NONE_MATCH, tag));
    request.send().await.unwrap()
}

async fn status(world: &World, path: &str) -> u16 {
    ask(world, Method::GET, path, None).await.status().as_u16()
}

/// The calendar, its lines unfolded.
async fn feed(world: &World, path: &str) -> String {
    raw(world, path).await.replace("\r\n ", "")
}

async fn raw(world: &World, path: &str) -> String {
    let answer = ask(world, Method::GET, path, None).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/calendar; charset=utf-8");
    answer.text().await.unwrap()
}

#[track_caller]
fn says(feed: &str, lines: &[&str]) {
    for line in lines {
        assert!(feed.split("\r\n").any(|one| one == *line), "{line} in {feed}");
    }
}

/// Whatever happens to a sign-up and its event stands in the person's and in the club's calendar.
async fn calendars_follow(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    let anna = world.member("Anna");
    let (_, path) = mine(&anna).await;
    assert_eq!(mine(&anna).await.1, path, "it is shown again");
    assert!(!feed(&world, &path).await.contains("VEVENT"), "signed up for nothing");
    let (_, clubs) = of_club(&club.organiser).await;
    let channel = club.channel(CHANNEL).id;
    let url = format!("URL:https://discord.com/channels/{}/{channel}", world.guild.id());
    let spa =
        ["SUMMARY:Spa 6 Hours", "DTSTART:20261205T130000Z", "DTEND:20261205T190000Z", &url, "SEQUENCE:1"];
    let before = feed(&world, &clubs).await;
    says(&before, &spa);
    says(&before, &["X-WR-CALNAME:Night Owls", "STATUS:CONFIRMED"]);

    anna.press(&club.card(CHANNEL), "Sign up").await;
    says(&feed(&world, &path).await, &spa);
    anna.press(&club.card(CHANNEL), "Tentative").await;
    says(&feed(&world, &path).await, &["SUMMARY:Tentative: Spa 6 Hours", "STATUS:TENTATIVE"]);
    anna.press(&club.card(CHANNEL), "Withdraw").await;
    assert!(!feed(&world, &path).await.contains("VEVENT"), "withdrawn");
    assert_eq!(feed(&world, &clubs).await, before, "sign-ups change nothing of the event");

    anna.press(&club.card(CHANNEL), "Sign up").await;
    let edit = club.manage("Edit").await.modal().fill("Name", "Spa 7 Hours").fill("Length", "7h");
    edit.submit().await.settled().await;
    for path in [&path, &clubs] {
        let edited = feed(&world, path).await;
        says(&edited, &["SUMMARY:Spa 7 Hours", "DTEND:20261205T200000Z", "SEQUENCE:2"]);
        assert_eq!(line(&edited, "UID"), line(&before, "UID"));
    }
    club.manage("Cancel event").await.modal().fill("Reason", "Fog, sorry.").submit().await.settled().await;
    for path in [&path, &clubs] {
        let cancelled = feed(&world, path).await;
        says(&cancelled, &["SUMMARY:Cancelled: Spa 7 Hours", "STATUS:CANCELLED"]);
        assert!(cancelled.contains(r"Cancelled: Fog\, sorry."), "{cancelled}");
        assert_ne!(line(&cancelled, "SEQUENCE"), "SEQUENCE:2");
    }
    world.end().await;
}

/// The first line of that property.
fn line<'f>(feed: &'f str, name: &str) -> &'f str {
    feed.split("\r\n").find(|line| line.starts_with(&format!("{name}:"))).unwrap()
}

#[tokio::test]
async fn calendars_follow_on_sqlite() {
    calendars_follow(Pair::Sqlite).await;
}

#[tokio::test]
async fn calendars_follow_on_postgresql_and_redis() {
    calendars_follow(Pair::Postgres).await;
}

/// A program that asks again is told that nothing changed, until something does.
#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let (_, path) = of_club(&club.organiser).await;
    let first = ask(&world, Method::GET, &path, None).await;
    let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 32, "{tag} is a strong one");
    assert_eq!(first.headers()[CACHE_CONTROL], "private, max-age=300");
    let length = first.headers()[CONTENT_LENGTH].clone();
    let head = ask(&world, Method::HEAD, &path, None).await;
    assert_eq!(
        (head.status().as_u16(), &head.headers()[ETAG], &head.headers()[CONTENT_LENGTH]),
        (200, &first.headers()[ETAG], &length)
    );
    assert_eq!(head.text().await.unwrap(), "");
    for tag in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let again = ask(&world, Method::GET, &path, Some(&tag)).await;
        assert_eq!(again.status(), 304, "{tag}");
        assert_eq!(again.headers()[ETAG], first.headers()[ETAG]);
        assert_eq!(again.text().await.unwrap(), "");
    }
    world.day().await;
    assert_eq!(ask(&world, Method::GET, &path, Some(&tag)).await.status(), 304, "time alone changes nothing");
    club.manage("Edit").await.modal().fill("Name", "Spa 7 Hours").submit().await.settled().await;
    let changed = ask(&world, Method::GET, &path, Some(&tag)).await;
    assert_eq!(changed.status(), 200);
    assert_ne!(changed.headers()[ETAG], first.headers()[ETAG]);
    world.end().await;
}

/// A new link stops the old one at once; pressed twice it is the same one.
async fn links_are_replaced(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.with_event().await;
    let anna = world.member("Anna");
    let (shown, old) = mine(&anna).await;
    let (asks, new) = renew(&anna, &shown).await;
    assert_ne!(old, new);
    assert_eq!((status(&world, &old).await, status(&world, &new).await), (404, 200));
    let again = anna.press_custom_id(&asks.message(), "1:newlink:me:0").await;
    assert_eq!(path(&again), new, "a button replaces one link only");
    assert_eq!(mine(&anna).await.1, new);

    let (shown, old) = of_club(&club.organiser).await;
    let (_, newer) = renew(&club.organiser, &shown).await;
    assert_eq!((status(&world, &old).await, status(&world, &newer).await), (404, 200));
    assert_eq!(status(&world, &new).await, 200, "another's is untouched");
    let store = world.service().store();
    let guild = Id::new(world.guild.id().get());
    let id = clubs::of_guild(store, guild).await.unwrap().unwrap().id;
    let entries = audit::of_club(store, id, 20).await.unwrap();
    let renewals: Vec<_> = entries.iter().filter(|entry| entry.action == "calendar.renew").collect();
    assert_eq!(renewals.len(), 1, "{entries:?}");
    assert_eq!(renewals[0].by.account().map(Id::get), Some(club.organiser.id().get()));
    world.end().await;
}

#[tokio::test]
async fn links_are_replaced_on_sqlite() {
    links_are_replaced(Pair::Sqlite).await;
}

#[tokio::test]
async fn links_are_replaced_on_postgresql_and_redis() {
    links_are_replaced(Pair::Postgres).await;
}

#[tokio::test]
async fn a_clubs_link_is_its_organisers() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let (shown, path) = of_club(&club.organiser).await;
    let anna = world.member("Anna");
    for custom_id in ["1:calendar:club", "1:newlink:club:0"] {
        let refused = anna.press_custom_id(&shown.message(), custom_id).await;
        assert!(refused.text().contains("organisers"), "{}", refused.text());
    }
    assert_eq!(status(&world, &path).await, 200);
    world.end().await;
}

/// Whoever has no link learns nothing, and whoever tries many waits.
#[tokio::test]
async fn what_is_no_link_is_not_found() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let (_, path) = of_club(&club.organiser).await;
    let token = path.strip_prefix("/calendar/").unwrap().strip_suffix(".ics").unwrap();
    let forged = format!("{}{}", &token[..token.len() - 1], if token.ends_with('0') { '1' } else { '0' });
    let another = format!("p{}", &token[1..]);
    for wrong in [
        format!("/calendar/{token}"),
        format!("/calendar/{token}.ics.ics"),
        format!("/calendar/{}.ics", token.to_uppercase()),
        format!("/calendar/{forged}.ics"),
        format!("/calendar/{another}.ics"),
        "/calendar/.ics".to_owned(),
        "/calendar/%ff.ics".to_owned(),
        "/calendar/🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁🏁.ics".to_owned(),
        format!("/calendar/{}.ics", "x".repeat(4_000)),
    ] {
        let answer = ask(&world, Method::GET, &wrong, None).await;
        assert_eq!(answer.status(), 404, "{wrong}");
        assert!(answer.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("text/plain"));
        assert!(answer.text().await.unwrap().starts_with("There is no calendar at this address"));
    }
    for nowhere in ["/calendar", "/calendar/", &format!("{path}/more")] {
        assert_eq!(status(&world, nowhere).await, 404, "{nowhere}");
    }
    assert_eq!(ask(&world, Method::POST, &path, None).await.status(), 405);
    let mut last = 404;
    for _ in 0..40 {
        last = status(&world, "/calendar/x.ics").await;
    }
    assert_eq!(last, 429);
    let mut taken = 0;
    let waits = loop {
        let answer = ask(&world, Method::GET, &path, None).await;
        match answer.status().as_u16() {
            200 => taken += 1,
            other => break (other, answer.headers()[RETRY_AFTER].to_str().unwrap().to_owned()),
        }
    };
    assert_eq!((taken, waits), (30, (429, "3".to_owned())), "the right link is held to its own pace");
    world.end().await;
}

#[tokio::test]
async fn a_club_shows_its_own_events_for_90_days() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.with_event().await;
    let others = Club { organiser: world.discord.guild("Others").organiser("Otto"), world: &world };
    others.set_up().await;
    others.event(None, EventForm { name: "Monza 4 Hours", ..EventForm::default() }).await;
    world.settle().await;
    let ((_, ours), (_, theirs)) = (of_club(&club.organiser).await, of_club(&others.organiser).await);
    let (ours_now, theirs_now) = (feed(&world, &ours).await, feed(&world, &theirs).await);
    assert!(ours_now.contains("Spa") && !ours_now.contains("Monza"), "{ours_now}");
    assert!(theirs_now.contains("Monza") && !theirs_now.contains("Spa"), "{theirs_now}");
    world.at("2027-03-05T12:00:00Z").await;
    assert!(feed(&world, &ours).await.contains("VEVENT"));
    world.at("2027-03-06T12:00:00Z").await;
    assert!(!feed(&world, &ours).await.contains("VEVENT"));
    world.end().await;
}

#[tokio::test]
async fn a_link_is_shown_in_direct_messages() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let anna = world.member("Anna");
    let me = anna.slash("me").in_direct_message().send().await.message();
    let shown = anna.press(&me, "Calendar").await;
    assert_eq!(status(&world, &path(&shown)).await, 200);
    world.end().await;
}

/// Races over every change of daylight saving of one winter, typed in Berlin.
const RACES: [(&str, &str, &str); 6] = [
    ("Bathurst", "2026-10-03 14:00", "6h"),
    ("Ümlaut; Grand Prix, of \\ Köln 🏁", "2026-10-24 14:00", "24h"),
    ("Night shift", "2026-10-25 00:30", "4h"),
    ("Sebring", "2026-11-01 05:00", "9h"),
    ("Spring", "2027-03-27 20:00", "12h"),
    ("Phillip Island", "2027-04-03 14:00", "6h"),
];

const ABOUT: &str = "Bring lights, snacks; and a \\ backslash.\nZweite Zeile: Übernachtung möglich, 日本語のテキストもあります。🏁🏁🏁 \
    BEGIN:VEVENT\n\nhttps://example.org/?a=1,2;b=3";

/// What other programs read (`./.ci/calendar`) is written into the folder `CALENDAR_FEEDS`, where one is named.
#[tokio::test]
async fn feeds_for_other_programs() {
    let clock = Clock::manual("2026-09-20T12:00:00Z".parse().unwrap());
    let setting = Setting { options: Options::on(clock), ..Setting::default() };
    let world = World::with(Pair::Sqlite, setting).await;
    let club = world.club().await;
    let (anna, ben) = (world.member("Anna"), world.member("Ben"));
    for (name, start, length) in RACES {
        club.event(None, EventForm { classes: "GT3 x 1", length, name, start }).await;
        if name == "Bathurst" {
            let edit = club.manage("Edit").await.modal().fill("Description", ABOUT);
            edit.submit().await.settled().await;
        }
        world.settle().await;
    }
    ben.press(&club.card("spring-2027-03-27"), "Sign up").await;
    for (card, button) in [
        ("bathurst-2026-10-03", "Sign up"),
        ("night-shift-2026-10-25", "Sign up"),
        ("sebring-2026-11-01", "Tentative"),
        ("spring-2027-03-27", "Sign up"),
    ] {
        anna.press(&club.card(card), button).await;
    }
    let (_, path) = mine(&anna).await;
    let (_, clubs) = of_club(&club.organiser).await;
    let files = [
        ("person.ics", raw(&world, &path).await),
        ("club.ics", raw(&world, &clubs).await),
        ("empty.ics", raw(&world, &mine(&world.member("Carl")).await.1).await),
        ("event.ics", an_event(&world).await),
    ];
    let (anna, clubs) = (&files[0].1, &files[1].1);
    says(anna, &["SUMMARY:Tentative: Sebring", "SUMMARY:Waiting list: Spring", "SUMMARY:Night shift"]);
    assert_eq!(clubs.matches("BEGIN:VEVENT\r\n").count(), RACES.len(), "{clubs}");
    says(clubs, &["DTSTART:20261024T120000Z", "DTEND:20261025T120000Z", "DTSTART:20261101T040000Z"]);
    says(clubs, &["DTSTART:20270327T190000Z", "DTEND:20270328T070000Z"]);
    if let Some(folder) = std::env::var_os("CALENDAR_FEEDS").map(PathBuf::from) {
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    world.end().await;
}

/// The file of the first event.
async fn an_event(world: &World) -> String {
    let store = world.service().store();
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let event = events::live(store, club.id, world.clock.now()).await.unwrap().remove(0);
    let entry = Entry { channel: None, club: club.name, event, said: None, series: None };
    String::from_utf8(event_file(&entry, world.clock.now())).unwrap()
}
