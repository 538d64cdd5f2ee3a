//! What people fill in and press that isn't done, and what they read then.

use std::time::Duration;

use sandbox::{model::ChannelKind, people::OptionValue};

use crate::world::{EventForm, Pair, World};

const CHANNEL: &str = "spa-6-hours-2026-12-05";
const EDIT: &str = "PATCH /channels/{channel_id}/messages/{message_id}";

#[tokio::test]
async fn a_category_that_is_taken_is_left_out_when_the_form_opens_again() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let paddock = world.guild.by_hand().create(ChannelKind::Category, "Paddock", None);
    let create = async || {
        let slash =
            club.organiser.slash("series create").option("category", OptionValue::Channel(paddock.id));
        slash.send().await.modal()
    };
    create().await.fill("Name", "Winter Cup").submit().await.settled().await;
    let refused = create().await.fill("Name", "Summer Cup").submit().await.settled().await;
    assert!(refused.text().contains("holds another series' events"), "{}", refused.text());
    let form = club.organiser.press(&refused.message(), "Edit again").await.modal();
    let reply = form.submit().await.settled().await;
    assert!(reply.text().contains("Summer Cup"), "{}", reply.text());
    world.settle().await;
    assert!(world.guild.channel_named("Summer Cup").is_some());
    world.end().await;
}

#[tokio::test]
async fn a_role_that_everybody_or_a_bot_has_makes_no_organisers() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    for (role, says) in [("@everyone", "Everybody has that role"), ("Simlane", "belongs to a bot")] {
        let form = club.settings("General").await.choose("Organiser role", &[role]);
        let reply = form.submit().await.settled().await;
        assert!(reply.text().contains(says), "{}", reply.text());
        assert!(reply.message().button("Edit again").is_some());
    }
    let anna = world.member("Anna");
    let reply = anna.slash("event create").send().await;
    assert!(reply.text().contains("Only the club's organisers"), "{}", reply.text());
    world.end().await;
}

#[tokio::test]
async fn without_a_club_members_read_who_makes_one() {
    let world = World::new(Pair::Sqlite).await;
    let anna = world.member("Anna");
    for path in ["event create", "event list"] {
        let reply = anna.slash(path).send().await;
        assert!(reply.text().contains("no club yet"), "{path}: {}", reply.text());
    }
    world.end().await;
}

#[tokio::test]
async fn many_who_choose_a_class_at_the_same_time_share_one_edit_of_the_card() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    club.event(None, EventForm { classes: "GT3 x 5\nGT4 x 20", ..EventForm::default() }).await;
    world.settle().await;
    let (card, mark) = (club.card(CHANNEL), world.discord.mark());
    let choices = (0..20).map(|n| {
        let (world, card) = (&world, &card);
        async move {
            let who = world.member(&format!("Driver {n}"));
            let asked = who.press(card, "Sign up").await.message();
            let class = if n % 2 == 0 { "GT3" } else { "GT4" };
            who.select(&asked, "Choose a class", &[class]).await
        }
    });
    futures::future::join_all(choices).await;
    world.settle().await;
    assert!(world.routes_since(mark).is_empty(), "not before it is quiet");
    // The card has just been posted, and is edited every ten seconds at most.
    world.pass(Duration::from_secs(10)).await;
    assert_eq!(world.routes_since(mark), [EDIT]);
    let text = club.card(CHANNEL).text();
    assert!(text.contains("**5 of 5** · full") && text.contains("**10 of 20**"), "{text}");
    world.end().await;
}
