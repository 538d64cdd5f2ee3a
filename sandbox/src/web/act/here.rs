//! What people do in Discord's own client: write, type commands, press, choose, and fill in forms.

use crate::{
    Abilities, Channel, Message, Permissions, Snowflake,
    interaction::components::{kind, list, text, type_of},
    model::ChannelKind,
    people::{
        Choice, ModalForm, OptionValue, Person, Reply, ReplyKind, Slash, Unavailable, option_named,
        option_type, unavailable,
    },
    permissions::in_channel,
};

use crate::web::{
    fields::Fields,
    place::{Place, Window},
    site::Site,
};

/// What a client says when the app doesn't answer.
const SILENT: &str = "The application did not respond";
/// What it says when an answer to a press doesn't come.
const FAILED: &str = "This interaction failed";

/// The place of the first channel that is there to read: the conversation, or a text channel of the guild.
pub(crate) fn first_channel(site: &Site, place: &Place) -> Place {
    let found = site.discord.with(|state| match place.guild {
        None => state.channels.values().find(|channel| channel.recipient == Some(place.viewer)).map(|c| c.id),
        Some(guild) => {
            let reads = |channel: &&&crate::model::ChannelState| {
                channel.kind == ChannelKind::Text
                    && in_channel(state, channel, place.viewer).contains(Permissions::VIEW_CHANNEL)
            };
            state.channels_of(guild).iter().find(reads).map(|channel| channel.id)
        }
    });
    Place { channel: found, ..place.clone() }
}

pub(super) fn say(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let (text, channel) = (fields.get("text"), place.channel.ok_or_else(no_channel)?);
    if text.is_empty() {
        return Ok(place.clone());
    }
    if let Some(command) = text.strip_prefix('/') {
        return unavailable(format!("There is no command {command:?} that is offered here."));
    }
    let viewer = site.viewer(place);
    let found = Channel::find(&site.discord, channel).ok_or_else(no_channel)?;
    if !site.discord.with(|state| Abilities::of(state, found.id, viewer.id())).send {
        return unavailable(format!("{} may not write here.", viewer.name()));
    }
    viewer.say(channel, text);
    Ok(place.clone())
}

fn no_channel() -> Unavailable {
    Unavailable("No channel is open.".to_owned())
}

/// The command of a form, typed where somebody is.
fn typed(site: &Site, place: &Place, path: &str, fields: &Fields) -> Result<Slash, Unavailable> {
    let viewer = site.viewer(place);
    let mut slash = viewer.slash(path);
    slash = match place.guild {
        Some(_) => slash.in_channel(
            &Channel::find(&site.discord, place.channel.ok_or_else(no_channel)?).ok_or_else(no_channel)?,
        ),
        None => slash.in_direct_message(),
    };
    for (name, value) in fields.below("option.") {
        // What was typed counts where nothing was chosen from the suggestions.
        let typed = fields.get(&format!("typed.{name}")).to_owned();
        let value = if value.is_empty() { typed } else { value.to_owned() };
        if !value.is_empty() {
            let option = site.discord.with(|state| option_named(state, path, name))?;
            // While a command is typed, a file is no more than its field's name.
            if option["type"] != option_type::ATTACHMENT {
                slash = slash.option(name, OptionValue::typed(&option, &value));
            }
        }
    }
    for (name, file) in fields.files_below("option.") {
        slash = slash.option(name, file.clone());
    }
    Ok(slash)
}

pub(super) async fn command(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let Some(path) = place.params.command.clone() else { return Ok(place.clone()) };
    let reply = typed(site, place, &path, fields)?.try_send().await?;
    Ok(after(site, &place.plain(), &reply, SILENT))
}

/// What is suggested for an option; nothing where nothing can be.
pub(crate) async fn suggest(site: &Site, place: &Place, fields: &Fields) -> Vec<Choice> {
    let (path, option) = (fields.get("command"), fields.get("option"));
    let others = Fields::new(
        fields
            .below("option.")
            .filter(|(name, _)| *name != option)
            .map(|(n, v)| (format!("option.{n}"), v.to_owned()))
            .collect(),
    );
    match typed(site, place, path, &others) {
        Ok(slash) => slash.try_autocomplete(option, fields.get("typed")).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

pub(super) async fn user_command(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let target = site.person(place, fields.parsed("user")?);
    let reply = site.viewer(place).try_user_command(fields.get("command"), &target, place.channel).await?;
    Ok(after(site, &place.plain(), &reply, SILENT))
}

/// The message that a form names.
fn message(site: &Site, fields: &Fields) -> Result<Message, Unavailable> {
    let id: Snowflake = fields.parsed("message")?;
    let found = site.discord.with(|state| state.messages.get(&id).cloned());
    found.ok_or_else(|| Unavailable("The message is gone.".to_owned()))
}

pub(super) async fn press(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let on = message(site, fields)?;
    let reply = site.viewer(place).try_press(&on, fields.get("button")).await?;
    Ok(after(site, place, &reply, FAILED))
}

pub(super) async fn select(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let on = message(site, fields)?;
    let values: Vec<_> = fields.all("value").collect();
    let reply = site.viewer(place).try_select(&on, fields.get("select"), &values).await?;
    Ok(after(site, place, &reply, FAILED))
}

/// Where a reply is seen: in a form that it opened, or where it was asked for.
fn after(site: &Site, place: &Place, reply: &Reply, failed: &str) -> Place {
    if let Some(why) = reply.failure() {
        site.desk.notice(place, failed, why);
        return place.clone();
    }
    match reply.try_modal() {
        Ok(form) if reply.kind() == ReplyKind::Modal => {
            site.desk.open(reply.interaction(), form);
            place.with(|params| params.open = Some(Window::Form(reply.interaction())))
        }
        _ => place.clone(),
    }
}

pub(super) async fn submit(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let id: Snowflake = fields.parsed("form")?;
    let Some(open) = site.desk.form(id) else { return unavailable("That form was closed.") };
    let filled = match filled(open.form.clone(), fields) {
        Ok(filled) => filled,
        Err(why) => return Ok(refused(site, place, id, open.form, why.to_string())),
    };
    match filled.try_submit().await {
        Err(why) => Ok(refused(site, place, id, filled, why.to_string())),
        Ok(reply) => match reply.failure() {
            Some(why) => Ok(refused(site, place, id, filled, why.to_owned())),
            None => {
                site.desk.close(id);
                Ok(after(site, &place.plain(), &reply, FAILED))
            }
        },
    }
}

/// The form as it is before whoever sent it, with what is wrong about it.
fn refused(site: &Site, place: &Place, id: Snowflake, form: ModalForm, why: String) -> Place {
    site.desk.refuse(id, form, why);
    place.clone()
}

/// A form with what was filled in.
fn filled(form: ModalForm, fields: &Fields) -> Result<ModalForm, Unavailable> {
    let labels: Vec<_> =
        list(form.json(), "components").iter().filter(|c| type_of(c) == kind::LABEL).cloned().collect();
    labels.iter().try_fold(form, |form, label| {
        let (component, label) = (&label["component"], text(label, "label"));
        let name = format!("field.{}", text(component, "custom_id"));
        match type_of(component) {
            // Browsers send line breaks as two characters.
            kind::TEXT_INPUT => form.try_fill(label, &fields.raw(&name).replace("\r\n", "\n")),
            kind::CHECKBOX => form.try_check(label, fields.get(&name) == "true"),
            _ => form.try_choose(label, &fields.all(&name).collect::<Vec<_>>()),
        }
    })
}

pub(super) fn dismiss(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    let on = message(site, fields)?;
    if on.ephemeral_for == Some(place.viewer) {
        site.desk.dismiss(on.id);
    }
    Ok(place.clone())
}

pub(super) fn forget(site: &Site, place: &Place, fields: &Fields) -> Result<Place, Unavailable> {
    site.desk.forget(place.viewer, fields.parsed("notice")?);
    Ok(place.clone())
}

pub(super) fn open_conversation(site: &Site, place: &Place) -> Place {
    let viewer: Person = site.viewer(place);
    let channel = viewer.open_conversation();
    place.channel(None, Some(channel))
}
