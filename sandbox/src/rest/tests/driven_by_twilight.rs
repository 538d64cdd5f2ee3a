//! The client that the service asks Discord with gets along with the sandbox, and nothing it sends is complained about.

use twilight_http::{Client, request::AuditLogReason as _};
use twilight_model::{
    channel::{
        ChannelType,
        message::{
            AllowedMentions, Component, MessageFlags,
            component::{ActionRow, Button, ButtonStyle, Container, TextDisplay},
        },
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::Permissions,
    http::permission_overwrite::{PermissionOverwrite as Wanted, PermissionOverwriteType as WantedType},
    id::Id,
};

use super::*;

fn client(world: &World) -> Client {
    let address = world.discord.url().trim_start_matches("http://").to_owned();
    let token = world.discord.application().bot_token.clone();
    Client::builder().token(token).proxy(address, true).ratelimiter(None).build()
}

fn card(text: &str) -> Vec<Component> {
    let button = Component::Button(Button {
        id: None,
        custom_id: Some("1:signup:x".to_owned()),
        disabled: false,
        emoji: None,
        label: Some("Sign up".to_owned()),
        style: ButtonStyle::Success,
        url: None,
        sku_id: None,
    });
    let text = Component::TextDisplay(TextDisplay { id: None, content: text.to_owned() });
    let row = Component::ActionRow(ActionRow { id: None, components: vec![button] });
    let components = vec![text, row];
    vec![Component::Container(Container {
        id: None,
        accent_color: Some(Some(255)),
        spoiler: None,
        components,
    })]
}

#[tokio::test]
async fn twilights_client_does_an_events_life_without_a_complaint() {
    let world = World::new().await;
    let client = client(&world);
    let guild = Id::new(world.guild.id().get());
    let everyone = PermissionOverwrite {
        allow: Permissions::empty(),
        deny: Permissions::SEND_MESSAGES,
        id: guild.cast(),
        kind: PermissionOverwriteType::Role,
    };
    let made = client.create_guild_channel(guild, "Cup").kind(ChannelType::GuildCategory).reason("a b/é");
    let category = made.await.unwrap().model().await.unwrap().id;
    let made = client.create_guild_channel(guild, "Spa 24h").parent_id(category).topic("Grid");
    let made = made.permission_overwrites(&[everyone]).await;
    let channel = made.unwrap().model().await.unwrap();
    assert_eq!(channel.name.as_deref(), Some("spa-24h"));
    let wanted = Wanted {
        allow: Some(Permissions::SEND_MESSAGES),
        deny: None,
        id: guild.cast(),
        kind: WantedType::Role,
    };
    client.update_channel_permission(channel.id, &wanted).await.unwrap();
    client.delete_channel_permission(channel.id).role(guild.cast()).await.unwrap();
    client.update_channel(channel.id).name("spa").await.unwrap();

    let nobody = AllowedMentions::default();
    let (first, second) = (card("# Spa"), card("# Spa 24h"));
    let send = client.create_message(channel.id).flags(MessageFlags::IS_COMPONENTS_V2).components(&first);
    let message = send.allowed_mentions(Some(&nobody)).await.unwrap().model().await.unwrap();
    let edit = client.update_message(channel.id, message.id).components(Some(&second));
    let edited = edit.allowed_mentions(Some(&nobody)).await.unwrap().model().await.unwrap();
    assert!(edited.edited_timestamp.is_some());
    assert_eq!(client.channel_messages(channel.id).await.unwrap().models().await.unwrap().len(), 1);
    let log = client.audit_log(guild).limit(10).await.unwrap().model().await.unwrap();
    assert_eq!(log.entries.last().unwrap().reason.as_deref(), Some("a b/é"));
    client.delete_message(channel.id, message.id).await.unwrap();
    client.delete_channel(channel.id).await.unwrap();
    assert_eq!(client.guild_channels(guild).await.unwrap().models().await.unwrap().len(), 2);
    world.discord.assert_clean();
}
