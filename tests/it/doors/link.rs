//! Who somebody is on their club's roster: by the button, by a code, and no longer.

use std::time::Duration;

use sandbox::people::{Person, Reply};
use simlane::{
    domain::{
        id::{ClubId, UserId},
        member::Member,
        roster::RosterEntry,
    },
    store::{Store, audit::Doer, members, users},
};
use uuid::Uuid;

use super::on_both;
use crate::world::{CHANNEL, Pair, World};

const ANNA: &str = "anna@example.org";

/// Enters somebody on a club's roster.
async fn enter(world: &World, club: ClubId, (number, name): (u64, &str), email: Option<&str>) -> UserId {
    let (store, now): (&Store, _) = (world.service().store(), world.clock.now());
    let user = UserId::new(Uuid::from_u64_pair(9, number));
    let entry = RosterEntry {
        aliases: Vec::new(),
        discord: None,
        email: email.map(|email| email.parse().unwrap()),
        external_id: None,
        iracing_id: None,
        iracing_name: None,
        name: name.parse().unwrap(),
        zone: None,
    };
    let member = Member { entry, left_at: None, on_roster: true, roles: Vec::new(), user };
    let tx = store.begin().await.unwrap();
    users::create(&tx, user, name, now).await.unwrap();
    members::put(&tx, club, &[member], now).await.unwrap();
    tx.commit().await.unwrap();
    user
}

/// Where the button of `/link` leads.
fn button(reply: &Reply) -> String {
    reply.message().button("Link my account").unwrap().url.unwrap()
}

async fn link(person: &Person) -> String {
    button(&person.slash("link").send().await)
}

#[tokio::test]
async fn a_driver_is_found_by_the_address_and_takes_the_sign_ups_along() {
    on_both(|world| async move {
        let club = world.with_event().await;
        let id = world.club_of(&world.guild).await.unwrap();
        enter(&world, id, (1, "Anna Pereira"), Some(ANNA)).await;
        let anna = world.member("Anna");
        anna.email(Some(ANNA), true);
        anna.press(&club.card(CHANNEL), "Sign up").await;
        let offered = anna.slash("link").send().await;
        assert!(offered.is_ephemeral() && offered.text().contains("Who are you?"), "{}", offered.text());
        let page = world.browser().through(&button(&offered), &anna, None).await;
        page.says(200, "Your club knows you", &["Anna Pereira", "Night Owls", "anna"]);
        let server = format!("{}/channels/{}", world.discord.url(), world.guild.id());
        assert_eq!(page.link("Back to Discord"), server);
        let me = anna.slash("me").send().await.text();
        assert!(me.contains("Anna Pereira") && me.contains("Spa 6 Hours"), "{me}");
        world.settle().await;
        assert!(club.card(CHANNEL).text().contains(&anna.mention()));
        let again = anna.slash("link").send().await.text();
        assert!(again.contains("Anna Pereira"), "{again}");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_is_on_no_roster_is_told_what_helps() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let anna = world.member("Anna");
    anna.email(Some(ANNA), false);
    let button = button(&anna.slash("link").in_direct_message().send().await);
    let page = world.browser().through(&button, &anna, None).await;
    page.says(200, "Your account is linked", &["no verified e-mail", "/link code:"]);
    assert!(page.link("Back to Discord").ends_with("/channels/@me"));
    anna.email(Some(ANNA), true);
    let page = world.browser().through("/link", &anna, None).await;
    page.says(200, "Your account is linked", &["no roster has its e-mail address"]);
    let text = anna.slash("link").in_direct_message().send().await.text();
    assert!(text.contains("no roster names you yet"), "{text}");
    world.end().await;
}

#[tokio::test]
async fn two_entries_with_one_address_are_for_an_organiser_to_tell_apart() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let id = world.club_of(&world.guild).await.unwrap();
    enter(&world, id, (1, "Anna Pereira"), Some(ANNA)).await;
    let second = enter(&world, id, (2, "Anna Pereira-Lopes"), Some(ANNA)).await;
    let anna = world.member("Anna");
    anna.email(Some(ANNA), true);
    let page = world.browser().through(&link(&anna).await, &anna, None).await;
    page.says(200, "Your account is linked", &["can’t be told", "Night Owls"]);
    assert!(!page.html.contains("Pereira"), "nobody else's data: {}", page.html);
    let code = code_for(&world, id, second).await;
    let told = anna.slash("link").option("code", code.as_str()).send().await.text();
    assert!(told.contains("Anna Pereira-Lopes"), "{told}");
    world.end().await;
}

/// A code as the club's site gets it.
async fn code_for(world: &World, club: ClubId, user: UserId) -> String {
    world.service().service().make_code(club, user, Doer::Operator).await.unwrap().0.to_string()
}

#[tokio::test]
async fn the_button_is_for_whoever_typed_it_once_and_for_a_quarter_of_an_hour() {
    on_both(|world| async move {
        world.club().await;
        let (anna, ben) = (world.member("Anna"), world.member("Ben"));
        let button = link(&anna).await;
        let page = world.browser().through(&button, &ben, None).await;
        page.says(403, "Another Discord account", &["ben", "nothing was linked"]);
        let reply = ben.slash("unlink").send().await.text();
        assert!(reply.contains("isn't linked"), "{reply}");
        // Ben's try hasn't used it up.
        let browser = world.browser();
        let (first, second) = (browser.to_discord(&button).await, browser.to_discord(&button).await);
        let back = browser.agree(&first, &anna, (None, &[])).await;
        browser.open(&back).await.says(200, "Your account is linked", &[]);
        browser.open(&back).await.says(410, "This page was opened before", &["fresh button"]);
        let back = browser.agree(&second, &anna, (None, &[])).await;
        browser.open(&back).await.says(410, "That button is over", &["/link"]);
        let button = link(&anna).await;
        let authorize = browser.to_discord(&button).await;
        world.advance(Duration::from_secs(15 * 60)).await;
        browser.open(&button).await.says(410, "That button is over", &[]);
        let back = browser.agree(&authorize, &anna, (None, &[])).await;
        assert_eq!(browser.open(&back).await.status, 410);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_sites_links_and_unlink_undoes_it() {
    on_both(|world| async move {
        let club = world.with_event().await;
        let id = world.club_of(&world.guild).await.unwrap();
        let user = enter(&world, id, (1, "Anna Pereira"), None).await;
        let code = code_for(&world, id, user).await;
        let anna = world.member("Anna");
        anna.press(&club.card(CHANNEL), "Sign up").await;
        let typed = |code: &str| anna.slash("link").option("code", code).in_direct_message().send();
        let told = typed("my code").await.text();
        assert!(told.contains("eight letters and digits"), "{told}");
        let told = typed("ZZZZ-ZZZZ").await.text();
        assert!(told.contains("isn't right"), "{told}");
        let told = typed(&code.to_lowercase()).await.text();
        assert!(told.contains("Anna Pereira") && told.contains("Night Owls"), "{told}");
        let told = typed(&code).await.text();
        assert!(told.contains("isn't right"), "a code works once: {told}");
        let ask = anna.slash("unlink").send().await;
        assert!(ask.text().contains("Anna Pereira"), "{}", ask.text());
        let button = ask.message().button("Remove the link").unwrap().custom_id.unwrap();
        let done = anna.press(&ask.message(), "Remove the link").await;
        assert!(done.text().contains("The link is removed"), "{}", done.text());
        let me = anna.slash("me").send().await.text();
        assert!(me.contains("Not linked") && me.contains("Spa 6 Hours"), "{me}");
        let again = anna.press_custom_id(&ask.message(), &button).await;
        assert!(again.text().contains("isn't linked"), "{}", again.text());
        let again = anna.slash("unlink").send().await.text();
        assert!(again.contains("isn't linked"), "{again}");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_lock() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let id = world.club_of(&world.guild).await.unwrap();
    let user = enter(&world, id, (1, "Anna Pereira"), None).await;
    let code = code_for(&world, id, user).await;
    let anna = world.member("Anna");
    let typed = |code: &str| anna.slash("link").option("code", code).send();
    for _ in 0..4 {
        assert!(typed("ZZZZ-ZZZZ").await.text().contains("isn't right"));
    }
    assert!(typed("ZZZZ-ZZZZ").await.text().contains("Too many wrong codes"));
    assert!(typed(&code).await.text().contains("Too many wrong codes"));
    world.advance(Duration::from_secs(15 * 60)).await;
    assert!(typed(&code).await.text().contains("Anna Pereira"));
    world.end().await;
}

#[tokio::test]
async fn everybody_may_say_where_they_live() {
    let world = World::new(Pair::Sqlite).await;
    let anna = world.member("Anna");
    let me = anna.slash("me").in_direct_message().send().await.text();
    assert!(me.contains("not chosen"), "{me}");
    let choices = anna.slash("me").in_direct_message().autocomplete("timezone", "toky").await;
    assert_eq!(choices[0].text(), "Asia/Tokyo");
    let me = anna.slash("me").option("timezone", "Asia/Tokyo").in_direct_message().send().await.text();
    assert!(me.contains("Asia/Tokyo"), "{me}");
    let wrong = anna.slash("me").option("timezone", "Atlantis").send().await.text();
    assert!(!wrong.contains("# You"), "{wrong}");
    let me = anna.slash("me").send().await.text();
    assert!(me.contains("Asia/Tokyo"), "{me}");
    world.end().await;
}
