//! Commands and buttons in threads.

use super::*;
use crate::{Guild, Snowflake, model::ChannelKind};

/// A private thread in the only channel, with somebody in it.
fn thread(world: &World, member: Snowflake) -> Channel {
    let hands = Guild::find(&world.discord, world.guild).unwrap().by_hand();
    let thread = hands.create_thread(world.channel, "Team 7", ChannelKind::PrivateThread);
    hands.add_member(thread.id, member);
    thread
}

/// What an interaction says of the thread that it comes from.
fn check(got: &Value, world: &World, thread: &Channel) {
    assert_eq!((&got["channel_id"], &got["channel"]["id"]), (&json!(thread.id), &json!(thread.id)));
    assert_eq!((&got["channel"]["type"], &got["channel"]["name"]), (&json!(12), &json!("Team 7")));
    assert_eq!(got["channel"]["parent_id"], json!(world.channel));
    let metadata = &got["channel"]["thread_metadata"];
    assert_eq!((&metadata["archived"], &metadata["auto_archive_duration"]), (&json!(false), &json!(4_320)));
    assert_eq!(got["guild_id"], json!(world.guild));
}

#[tokio::test]
async fn a_command_and_a_button_in_a_thread_come_from_the_thread() {
    let world = World::new(|_| card(4, "Here", &["Go"], 0)).await;
    world.commands(commands());
    let ana = world.member("Ana");
    let thread = thread(&world, ana.id());
    let reply = ana.slash("ping").in_channel(&thread).send().await;
    check(&world.last(), &world, &thread);
    let message = thread.last_message().unwrap();
    assert_eq!((reply.text().as_str(), message.text().as_str()), ("Here", "Here"));
    ana.press(&message, "Go").await;
    let pressed = world.last();
    check(&pressed, &world, &thread);
    assert_eq!(pressed["message"]["channel_id"], json!(thread.id));
    assert_eq!(world.complaints(), [""; 0]);
}

#[tokio::test]
async fn nobody_types_commands_in_an_archived_thread_or_in_one_that_they_are_not_in() {
    let world = World::new(|_| card(4, "Here", &[], 0)).await;
    world.commands(commands());
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let thread = thread(&world, ana.id());
    assert!(ben.slash("ping").in_channel(&thread).try_send().await.is_err());
    Guild::find(&world.discord, world.guild).unwrap().by_hand().archive(thread.id, true, false);
    let why = ana.slash("ping").in_channel(&thread).try_send().await.unwrap_err();
    assert!(why.to_string().contains("archived"), "{why}");
    assert_eq!(world.count(), 0);
}
