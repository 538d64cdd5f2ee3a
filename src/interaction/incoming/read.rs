//! Reading: from signed bytes to our own types.

use jiff::Timestamp;
use serde::Deserialize;
use twilight_model::{
    application::interaction::{
        Interaction, InteractionData, application_command::CommandData,
        message_component::MessageComponentInteractionData, modal::ModalInteractionData,
    },
    channel::{Message, message::MessageFlags},
    guild::{PartialMember, Permissions},
    id::{
        Id,
        marker::{ChannelMarker, GuildMarker},
    },
    user::User,
};

use super::{
    Completion, Context, GuildContext, Incoming, Pressed, RequestId, SourceMessage, Submitted, What,
};
use crate::{
    domain::{account::Account, actor::Actor},
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
            InteractionData::ApplicationCommand(data) => What::command(*data, completes),
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
    let manage_guild = permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR);
    Actor { account: user.clone(), channel, guild, manage_guild, roles: member.roles }
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
    fn command(data: CommandData, completes: bool) -> Self {
        let (path, options, focused) = options::read(data);
        if completes {
            Self::Complete { input: Completion { focused, options }, path }
        } else {
            Self::Command { options, path }
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
