//! Reading: from signed bytes to our own types.

use jiff::Timestamp;
use serde::Deserialize;
use twilight_model::{
    application::{
        command::CommandType,
        interaction::{
            Interaction, InteractionData, InteractionDataResolved, application_command::CommandData,
            message_component::MessageComponentInteractionData, modal::ModalInteractionData,
        },
    },
    channel::{Message, message::MessageFlags},
    guild::{PartialMember, Permissions},
    id::{
        Id,
        marker::{ChannelMarker, GuildMarker, UserMarker},
    },
    user::User,
};

use super::{
    Completion, Context, GuildContext, Incoming, Pressed, RequestId, SourceMessage, Submitted, What,
};
use crate::{
    domain::{
        account::Account,
        actor::{Actor, Presence, Target},
    },
    interaction::{fields::Fields, options, picked::Picked, verify::Signed},
    view::custom_id::{FormId, Outdated},
};

/// What a signed body turned out to be.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Discord asks whether we are there.
    Ping,
    /// Something to be handled.
    Incoming(Box<Incoming>),
    /// A completion that can't be read.
    UnreadableCompletion,
    /// Something else that can't be read, or of a type that this version doesn't know.
    Unreadable,
}

/// As much of an interaction as tells how to go on.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: u64,
}

const PING: u64 = 1;
const COMPLETION: u64 = 4;

/// Reads a signed body. Never fails: what can't be read has its own answer.
#[must_use]
pub fn read(signed: &Signed) -> Reading {
    let Ok(head) = serde_json::from_slice::<Head>(signed.body()) else {
        return Reading::Unreadable;
    };
    if head.kind == PING {
        return Reading::Ping;
    }
    let incoming = serde_json::from_slice::<Interaction>(signed.body())
        .ok()
        .and_then(|interaction| Incoming::read(interaction, signed.received_at()));
    match incoming {
        Some(incoming) => Reading::Incoming(Box::new(incoming)),
        None if head.kind == COMPLETION => Reading::UnreadableCompletion,
        None => Reading::Unreadable,
    }
}

impl Incoming {
    pub(in crate::interaction) fn read(mut interaction: Interaction, received_at: Timestamp) -> Option<Self> {
        let message = interaction.message.take().map(|message| SourceMessage::read(&message));
        let completes = u64::from(interaction.kind as u8) == COMPLETION;
        let what = match interaction.data.take()? {
            InteractionData::ApplicationCommand(data) => What::command(*data, completes)?,
            InteractionData::MessageComponent(data) => What::press(*data, message),
            InteractionData::ModalSubmit(data) => What::submit(*data, message),
            _ => return None,
        };
        Some(Self { context: Context::read(interaction, received_at)?, what })
    }
}

impl Context {
    fn read(interaction: Interaction, received_at: Timestamp) -> Option<Self> {
        let Interaction { app_permissions, channel, guild_id, guild_locale, id, member, user, .. } =
            interaction;
        let channel = channel.map(|channel| channel.id);
        let guild = guild_id.map(|id| GuildContext {
            app_permissions: app_permissions.unwrap_or(Permissions::empty()),
            id,
            locale: guild_locale,
        });
        let nick = member.as_ref().and_then(|member| member.nick.clone());
        let user = member.as_ref().and_then(|member| member.user.clone()).or(user)?;
        let user = account(user, nick);
        let actor = guild_id.zip(member).map(|(guild, member)| actor(&user, channel, guild, member));
        Some(Self {
            actor,
            application: interaction.application_id,
            channel,
            guild,
            id,
            locale: interaction.locale,
            received_at,
            request_id: RequestId::new(id.to_string()),
            token: interaction.token.into(),
            user,
        })
    }
}

fn actor(
    user: &Account,
    channel: Option<Id<ChannelMarker>>,
    guild: Id<GuildMarker>,
    member: PartialMember,
) -> Actor {
    let permissions = member.permissions.unwrap_or(Permissions::empty());
    Actor { account: user.clone(), channel, guild, manage_guild: manages(permissions), roles: member.roles }
}

/// Whom a command from a member's menu is about. Discord resolves no member who has left the guild.
fn target(id: Id<UserMarker>, mut resolved: InteractionDataResolved) -> Option<Target> {
    let user = resolved.users.remove(&id)?;
    let member = resolved.members.remove(&id);
    let nickname = member.as_ref().and_then(|member| member.nick.clone());
    let presence = member.map(|member| Presence {
        joined_at: member.joined_at.and_then(|at| Timestamp::from_second(at.as_secs()).ok()),
        manage_guild: manages(member.permissions),
        roles: member.roles,
    });
    Some(Target { bot: user.bot, account: account(user, nickname), presence })
}

/// Whether permissions let their holder manage the guild.
fn manages(permissions: Permissions) -> bool {
    permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
}

fn account(user: User, nickname: Option<String>) -> Account {
    Account { global_name: user.global_name, id: user.id, nickname, username: user.name }
}

impl SourceMessage {
    fn read(message: &Message) -> Self {
        let ephemeral = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
        Self { channel: message.channel_id, ephemeral, id: message.id }
    }
}

impl What {
    fn command(data: CommandData, completes: bool) -> Option<Self> {
        match data.kind {
            CommandType::ChatInput if completes => {
                let (path, options, focused) = options::read(data);
                Some(Self::Complete { input: Completion { focused, options }, path })
            }
            CommandType::ChatInput => {
                let (path, options, _) = options::read(data);
                Some(Self::Command { options, path })
            }
            CommandType::User => {
                let target = target(data.target_id?.cast(), data.resolved?)?;
                Some(Self::UserCommand { name: data.name, target })
            }
            _ => None,
        }
    }

    fn press(data: MessageComponentInteractionData, message: Option<SourceMessage>) -> Self {
        let picked = data.resolved.map(Picked::from).unwrap_or_default();
        match data.custom_id.parse() {
            Ok(press) => Self::Press(Pressed { message, picked, press, values: data.values }),
            Err(Outdated) => Self::Outdated,
        }
    }

    fn submit(data: ModalInteractionData, message: Option<SourceMessage>) -> Self {
        let picked = data.resolved.map(Picked::from).unwrap_or_default();
        let fields = Fields::read(data.components, picked);
        match data.custom_id.parse() {
            Ok(FormId { form, opened }) => Self::Submit(Submitted { fields, form, message, opened }),
            Err(Outdated) => Self::Outdated,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;

    fn chosen(data: Value) -> Option<What> {
        What::command(serde_json::from_value(data).unwrap(), false)
    }

    fn data() -> Value {
        let user = json!({ "id": "9", "username": "ana", "discriminator": "0", "avatar": null, "global_name": "Ana" });
        let member = json!({
            "roles": ["90"], "permissions": "32", "flags": 0, "pending": false, "nick": "Ana P",
            "joined_at": "2024-01-01T00:00:00+00:00", "communication_disabled_until": null,
        });
        json!({
            "id": "1", "name": "Racing profile", "type": 2, "target_id": "9",
            "resolved": { "users": { "9": user }, "members": { "9": member } },
        })
    }

    fn target(data: Value) -> Target {
        let Some(What::UserCommand { name, target }) = chosen(data) else { unreachable!() };
        assert_eq!(name, "Racing profile");
        target
    }

    #[test]
    fn a_command_from_a_members_menu_names_the_member() {
        let ana = target(data());
        assert_eq!((ana.account.name(), ana.account.id, ana.bot), ("Ana P", Id::new(9), false));
        let presence = ana.presence.unwrap();
        assert_eq!(presence.joined_at, Some("2024-01-01T00:00:00Z".parse().unwrap()));
        assert_eq!((presence.manage_guild, presence.roles), (true, vec![Id::new(90)]));
    }

    #[test]
    fn who_has_left_is_resolved_without_a_member() {
        let mut gone = data();
        gone["resolved"]["members"] = json!({});
        gone["resolved"]["users"]["9"]["bot"] = json!(true);
        let gone = target(gone);
        assert_eq!((gone.account.name(), gone.bot, gone.presence), ("Ana", true, None));
    }

    #[test]
    fn what_names_nobody_is_no_command() {
        let without = |field: &str| {
            let mut data = data();
            data.as_object_mut().unwrap().remove(field);
            chosen(data)
        };
        assert!(without("target_id").is_none() && without("resolved").is_none());
        let mut another = data();
        another["target_id"] = json!("8");
        assert!(chosen(another).is_none());
        let mut of_message = data();
        of_message["type"] = json!(3);
        assert!(chosen(of_message).is_none(), "a slash command of that name isn't meant");
    }
}
