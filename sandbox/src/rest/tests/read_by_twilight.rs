//! The library that the service reads Discord's answers with takes the sandbox's.

use serde::de::DeserializeOwned;
use twilight_model::{
    application::command::Command,
    channel::{
        Channel, Message,
        message::PinsListing,
        thread::{ThreadMember, ThreadsListing},
    },
    guild::{Guild, Member, Role, audit_log::AuditLog},
    oauth::Application,
    user::CurrentUser,
    voice::VoiceState,
};

use super::*;
use crate::{Permissions, model::ChannelKind};

async fn reads<T: DeserializeOwned>(world: &World, path: &str) -> T {
    let body = world.get(path).await.body;
    match serde_json::from_value(body.clone()) {
        Ok(read) => read,
        Err(error) => unreachable!("{path}: {error} in {body}"),
    }
}

#[tokio::test]
async fn every_answer_is_read_by_twilight() {
    let world = World::generous().await;
    let (guild, general, ana) = (world.guild.id(), world.general(), world.guild.organiser("Ana"));
    let owner = world.guild.by_hand();
    owner.set_member_overwrite(general, ana.id(), Permissions::CONNECT, Permissions::SPEAK);
    let thread = owner.create_thread(general, "Team", ChannelKind::PrivateThread).id;
    let card = json!({
        "flags": 32768, "allowed_mentions": { "parse": [] },
        "components": [{ "type": 17, "components": [
            { "type": 10, "content": "# Spa" }, { "type": 14, "divider": true },
            { "type": 1, "components": [{ "type": 2, "style": 3, "label": "Sign up", "custom_id": "a" }] },
            { "type": 1, "components": [{ "type": 3, "custom_id": "s", "options": [{ "label": "A", "value": "a" }] }] },
        ] }],
    });
    world.post(&format!("/channels/{general}/messages"), card).await;
    world.say(general, &format!("hello <@{}>", ana.id())).await;
    owner.create(ChannelKind::Category, "Cup", None);
    owner.create(ChannelKind::Voice, "Race", None);
    owner.rename(general, "renamed");
    owner.delete_overwrite(general, ana.id());
    owner.delete_message(world.guild.messages()[1].id);
    let commands = format!("/applications/{}/commands", world.discord.application().id);
    let option = json!({ "type": 3, "name": "event", "description": "Which", "autocomplete": true });
    let sub = json!({ "type": 1, "name": "show", "description": "One", "options": [option] });
    world.put(&commands, json!([{ "name": "event", "description": "Events", "options": [sub] }])).await;

    assert_eq!(reads::<CurrentUser>(&world, "/users/@me").await.name, "Simlane");
    assert_eq!(reads::<Application>(&world, "/applications/@me").await.name, "Simlane");
    assert_eq!(reads::<Vec<Command>>(&world, &commands).await.len(), 1);
    assert_eq!(reads::<Guild>(&world, &format!("/guilds/{guild}")).await.name, "Club");
    assert_eq!(reads::<Vec<Role>>(&world, &format!("/guilds/{guild}/roles")).await.len(), 3);
    let member = reads::<Member>(&world, &format!("/guilds/{guild}/members/{}", ana.id())).await;
    assert_eq!(member.user.global_name.as_deref(), Some("Ana"));
    assert_eq!(reads::<Vec<Channel>>(&world, &format!("/guilds/{guild}/channels")).await.len(), 3);
    assert!(reads::<Channel>(&world, &format!("/channels/{thread}")).await.thread_metadata.is_some());
    let messages = reads::<Vec<Message>>(&world, &format!("/channels/{general}/messages")).await;
    assert_eq!(messages[0].components.len(), 1);
    let log = reads::<AuditLog>(&world, &format!("/guilds/{guild}/audit-logs")).await;
    assert_eq!(log.entries.len(), world.guild.audit_log().len());
}

#[tokio::test]
async fn threads_pins_and_voice_states_are_read_by_twilight() {
    let world = World::generous().await;
    let (guild, general, ana) = (world.guild.id(), world.general(), world.guild.member("Ana"));
    let body = json!({ "name": "Team", "type": 12, "invitable": false });
    let thread = world.post(&format!("/channels/{general}/threads"), body).await.id();
    let path = format!("/channels/{thread}");
    world.call("PUT", &format!("{path}/thread-members/{}", ana.id()), None).await;
    let message = world.say(thread, "the plan").await.id();
    world.call("PUT", &format!("{path}/messages/pins/{message}"), None).await;
    ana.join_voice(&world.guild.by_hand().create(ChannelKind::Voice, "Race", None));

    let member = reads::<Channel>(&world, &path).await.member.unwrap();
    assert_eq!(member.user_id.unwrap().get(), world.discord.bot().get());
    let kinds: Vec<u8> = reads::<Vec<Message>>(&world, &format!("{path}/messages"))
        .await
        .iter()
        .map(|message| message.kind.into())
        .collect();
    assert_eq!(kinds, [6, 0, 1]);
    let members = format!("{path}/thread-members?with_member=true");
    assert!(reads::<Vec<ThreadMember>>(&world, &members).await.iter().all(|member| member.member.is_some()));
    let pins = reads::<PinsListing>(&world, &format!("{path}/messages/pins")).await;
    assert!(pins.items[0].message.pinned && !pins.has_more);
    let active = reads::<ThreadsListing>(&world, &format!("/guilds/{guild}/threads/active")).await;
    assert_eq!((active.threads.len(), active.members.len()), (1, 1));
    world.patch(&path, json!({ "archived": true })).await;
    let archived = format!("/channels/{general}/threads/archived/private");
    assert_eq!(reads::<ThreadsListing>(&world, &archived).await.threads[0].id.get(), thread.get());
    let voice = format!("/guilds/{guild}/voice-states/{}", ana.id());
    assert_eq!(reads::<VoiceState>(&world, &voice).await.user_id.get(), ana.id().get());
    world.discord.assert_clean();
}
