//! Whether somebody is ready for their race: what Discord tells of them now.

use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker, UserMarker},
};

use super::{Inquiries, InquiryError, TRIES};
use crate::{
    discord::{Channel, Class, Error, Gone, Guild, Member, Role},
    domain::{
        health::ServerRole,
        id::{OwnerId, TeamId},
        permission::Holder,
        readiness::{Check, Found, Place},
        refusal::Refusal,
        settings::VoiceAccess,
    },
    reconcile::slot::{Slot, TeamPart},
    service::{ServiceError, readiness::Racer},
    store::{
        StoreError,
        bindings::{self, Binding},
    },
    view::{
        readiness::{OwnView, own},
        refusal::refusal,
    },
};

/// How often Discord is asked that has no room for the call yet: a whole grid may press at once.
const BUSY_TRIES: u32 = 10 * TRIES;

/// Where somebody races, as far as it stands.
struct Where {
    channel: Option<Id<ChannelMarker>>,
    thread: Option<Id<ChannelMarker>>,
    voice: Option<Id<ChannelMarker>>,
}

/// What Discord told.
struct Told {
    channel: Option<Channel>,
    connected: Option<Option<Id<ChannelMarker>>>,
    guild: Guild,
    in_thread: Option<bool>,
    member: Member,
    roles: Vec<ServerRole>,
    voice: Option<Channel>,
}

impl Inquiries {
    /// The message that tells somebody of a team how ready they are, at that try; `None` while Discord may yet tell.
    pub(super) async fn readiness(
        &self,
        (guild, account): (Id<GuildMarker>, Id<UserMarker>),
        team: TeamId,
        tries: u32,
    ) -> Result<Option<Value>, InquiryError> {
        let refused = |why: &Refusal| Ok(Some(refusal(why, None).edit_json()));
        let who = match self.0.service.racer(guild, account, team).await {
            Ok(who) => who,
            Err(ServiceError::Refused(why)) => return refused(&why),
            Err(error) => return Err(error.into()),
        };
        let places = self.places(&who).await?;
        let told = match self.look_at(guild, account, &places).await {
            Ok(told) => told,
            Err(error) if error.class() == Class::Gone(Gone::Member) => return refused(&Refusal::NotMember),
            Err(error) => {
                tracing::warn!(%error, "whether somebody is ready can't be read");
                let most = if matches!(error.class(), Class::RetryAt(_)) { BUSY_TRIES } else { TRIES };
                return if tries >= most { refused(&Refusal::Unread) } else { Ok(None) };
            }
        };
        let check = Check::of(&told.found(&who, &places), self.0.clock.now());
        let noted = match self.0.service.note_readiness(who, &check).await {
            Ok(noted) => noted,
            Err(ServiceError::Refused(why)) => return refused(&why),
            Err(error) => return Err(error.into()),
        };
        let opens = noted.who.event.race_voice_at(&noted.who.club.settings);
        let (event, team) = (&noted.who.event, &noted.who.team);
        Ok(Some(own(&OwnView { event, opens, readiness: &noted.readiness, team }).edit_json()))
    }

    async fn places(&self, who: &Racer) -> Result<Where, StoreError> {
        let bound = bindings::of_owner(&self.0.store, OwnerId::of_event(who.event.id)).await?;
        let thread = Slot::Team(who.team.id, TeamPart::Thread);
        Ok(Where {
            channel: standing(&bound, Slot::Channel),
            thread: standing(&bound, thread),
            voice: race_room(&bound, who.team.id),
        })
    }

    /// Asks Discord for everything at once.
    async fn look_at(
        &self,
        guild: Id<GuildMarker>,
        account: Id<UserMarker>,
        places: &Where,
    ) -> Result<Told, Error> {
        let read = &self.0.read;
        let channel = async |id: Option<Id<ChannelMarker>>| match id {
            Some(id) => seen(read.channel(id).await),
            None => Ok(None),
        };
        let in_thread = async {
            match places.thread {
                Some(thread) => seen(read.is_in_thread(thread, account).await),
                None => Ok(None),
            }
        };
        let connected = async { seen(read.voice_channel(guild, account).await) };
        let (of_guild, roles, member, text, voice, in_thread, connected) = futures::join!(
            read.guild(guild),
            read.roles(guild),
            read.member(guild, account),
            channel(places.channel),
            channel(places.voice),
            in_thread,
            connected,
        );
        Ok(Told {
            channel: text?,
            connected: connected?,
            guild: of_guild?,
            in_thread: in_thread?,
            member: member?,
            roles: roles?.into_iter().map(|role: Role| role.into()).collect(),
            voice: voice?,
        })
    }
}

impl Told {
    fn found(&self, who: &Racer, places: &Where) -> Found<'_> {
        let Member { pending, roles, timed_out_until, user, .. } = &self.member;
        let holder = Holder {
            all: &self.roles,
            everyone: self.guild.id.cast(),
            held: roles,
            owns: self.guild.owner_id == *user,
            user: *user,
        };
        Found {
            channel: self.channel.as_ref().map(place),
            connected: self.connected,
            in_thread: self.in_thread,
            holder,
            pending: *pending,
            private: who.club.settings.teams.access == VoiceAccess::Team,
            team: who.team.id,
            thread: places.thread,
            timed_out_until: *timed_out_until,
            voice: self.voice.as_ref().map(place),
        }
    }
}

fn place(channel: &Channel) -> Place<'_> {
    Place { id: channel.id, overwrites: &channel.overwrites }
}

/// The race voice room of a team: its own, where it has one, else the event's.
fn race_room(bound: &[Binding], team: TeamId) -> Option<Id<ChannelMarker>> {
    standing(bound, Slot::Team(team, TeamPart::RaceVoice)).or_else(|| standing(bound, Slot::RaceVoice))
}

/// What stands in a slot.
fn standing(bound: &[Binding], slot: Slot) -> Option<Id<ChannelMarker>> {
    let name = slot.to_string();
    bound.iter().find(|binding| binding.slot == name)?.standing().map(Id::cast)
}

/// What was read; nothing of what the bot doesn't see, or what is gone.
fn seen<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if matches!(error.class(), Class::Forbidden | Class::Gone(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
