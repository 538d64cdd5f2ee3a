//! Threads, pins and voice channels on the page.

use super::*;

/// A private thread of Ben's, with Aiko in it.
fn team(world: &World) -> Snowflake {
    let cast = &world.web.site.stage.cast;
    let hands = world.guild().by_hand().of(&cast.ben);
    let thread = hands.create_thread(world.general(), "Team 7", ChannelKind::PrivateThread).id;
    hands.add_member(thread, cast.aiko.id());
    thread
}

/// The window that lists the threads of the channel that is open.
fn window_of(place: &Place) -> Place {
    place.with(|params| params.open = Some(place::Window::Threads))
}

#[tokio::test]
async fn a_thread_stands_under_its_channel_for_those_who_may_see_it() {
    let world = World::new().await;
    let cast = world.web.site.stage.cast.clone();
    let thread = team(&world);
    let page = world.page(&world.place(&cast.aiko, world.general()).href()).await;
    has(&page, &["data-channel=\"Team 7\"", "aria-label=\"Threads\""]);
    let others = world.page(&world.place(&cast.mara, world.general()).href()).await;
    assert!(!others.contains("Team 7"), "{others}");
    has(&world.page(&world.place(&cast.mara, thread).href()).await, &["There is nothing to see here"]);
    let place = world.place(&cast.aiko, thread);
    let page = world.act(&place, "say", &[("text", "Hello, team")]).await;
    has(&page, &["Hello, team", "This thread: 2 members", "Ben</strong> added Aiko to the thread."]);
    world.end().await;
}

#[tokio::test]
async fn a_thread_is_made_changed_archived_and_left_in_its_window() {
    let world = World::new().await;
    let cast = world.web.site.stage.cast.clone();
    let general = world.general();
    let ben = world.place(&cast.ben, general);
    has(&world.page(&window_of(&ben).href()).await, &["For whoever sees this channel"]);
    has(&world.act(&ben, "new-thread", &[("name", "x"), ("kind", "12")]).await, &["may not do that here"]);
    has(&world.act(&ben, "new-thread", &[("name", "Setups"), ("kind", "11")]).await, &["Setups"]);
    let thread = world.guild().channel_named("Setups").unwrap();
    let at = |person: &Person| world.place(person, thread.id);
    let window = at(&cast.ben).with(|params| params.open = Some(place::Window::Thread));
    has(&world.page(&window.href()).await, &["In it – 1", "Archive", "Somebody to add", ">Leave<"]);
    let aiko = cast.aiko.id().to_string();
    world.act(&at(&cast.ben), "add-to-thread", &[("user", &aiko)]).await;
    assert!(thread.members().contains(&cast.aiko.id()));
    world.act(&at(&cast.ben), "rename", &[("name", "Spa setups")]).await;
    assert_eq!(thread.again().unwrap().name, "Spa setups");
    let lock = [("archived", "false"), ("locked", "true")];
    has(&world.act(&at(&cast.ben), "set-thread", &lock).await, &["may not do that here"]);
    let owns = cast.ben.id().to_string();
    has(
        &world.act(&at(&cast.aiko), "remove-from-thread", &[("user", &owns)]).await,
        &["may not do that here"],
    );
    world.act(&at(&cast.aiko), "remove-from-thread", &[("user", &aiko)]).await;
    assert!(!thread.members().contains(&cast.aiko.id()), "people leave by themselves");
    let owner = world.guild().owner();
    let page = world.act(&at(&owner), "set-thread", &[("archived", "true"), ("locked", "true")]).await;
    has(&page, &[">Archived<", ">Locked<", "You may not write here"]);
    has(&world.act(&at(&cast.ben), "say", &[("text", "hello")]).await, &["may not write here"]);
    let page = world.page(&ben.href()).await;
    assert!(!page.contains("Spa setups"), "archived ones are only in the channel's window");
    has(&world.page(&window_of(&ben).href()).await, &["Spa setups", ">Archived<"]);
    has(&world.act(&at(&owner), "add-to-thread", &[("user", &aiko)]).await, &["may not do that here"]);
    world.end().await;
}

#[tokio::test]
async fn pinned_messages_are_listed_behind_a_mark_in_the_head() {
    let world = World::new().await;
    let cast = world.web.site.stage.cast.clone();
    let (general, owner) = (world.general(), world.guild().owner());
    let ben = world.place(&cast.ben, general);
    world.act(&ben, "say", &[("text", "The briefing is at eight")]).await;
    let message = world.guild().channel_named("general").unwrap().last_message().unwrap().id.to_string();
    has(&world.act(&ben, "pin", &[("message", &message)]).await, &["may not do that here"]);
    let place = world.place(&owner, general);
    has(&world.page(&place.href()).await, &["Pin message", "Pinned messages: 0"]);
    let page = world.act(&place, "pin", &[("message", &message)]).await;
    has(&page, &["Pinned messages: 1", "See all pins", "Unpin message"]);
    let window = ben.with(|params| params.open = Some(place::Window::Pins));
    let page = world.page(&window.href()).await;
    assert_eq!(page.matches("The briefing is at eight").count(), 2, "in its place and in the window");
    let page = world.act(&place, "unpin", &[("message", &message)]).await;
    has(&page, &["Pinned messages: 0"]);
    world.end().await;
}

#[tokio::test]
async fn voice_channels_are_joined_and_left_where_they_are_listed() {
    let world = World::new().await;
    let cast = world.web.site.stage.cast.clone();
    let race = world.guild().by_hand().create(ChannelKind::Voice, "Race", None).id;
    let ben = world.place(&cast.ben, world.general());
    has(&world.page(&ben.href()).await, &["Join<span class=\"unseen\"> Race"]);
    let page = world.act(&ben, "join-voice", &[("channel", &race.to_string())]).await;
    has(&page, &["Leave<span class=\"unseen\"> Race", "class=\"connected\""]);
    assert_eq!(cast.ben.voice_channel(), Some(race));
    world.act(&ben, "leave-voice", &[]).await;
    assert_eq!(cast.ben.voice_channel(), None);
    world.end().await;
}
