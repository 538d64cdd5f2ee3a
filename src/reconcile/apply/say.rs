//! Saying what should have been said.
//!
//! A message carries a nonce, which makes repeating the call harmless for a few minutes. After that, an attempt of unknown outcome
//! is looked for in the channel by the mark that its first component bears.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker},
};

use super::{Done, SKEW, Scene};
use crate::{
    discord::{Class, Error, Outcome},
    domain::{id::OwnerId, panel::Topic},
    reconcile::{
        desired::{Channel, Saying, Text},
        slot::Slot,
    },
    store::{
        StoreError,
        bindings::Attempt,
        clubs,
        messages::{self, NewMessage, Said, SaidState},
    },
    view::{
        self,
        message::{Audience, Body},
    },
};

/// How long a repeated nonce is certain to give the same message: Discord promises "a few minutes".
const NONCE_LIFE: Duration = Duration::from_secs(120);

/// A message's attempt.
pub(super) struct Try {
    pub(super) channel: Id<ChannelMarker>,
    /// Whether it begins now. What an earlier one may have done isn't undone by a call that certainly does nothing.
    pub(super) fresh: bool,
    pub(super) nonce: String,
    pub(super) since: Timestamp,
}

impl Scene<'_> {
    /// Nothing more can be said in a channel that the club chose, for its organisers or for everybody: they find it in their panel.
    async fn chosen_channel_gone(&self, said: &Said, channel: Id<ChannelMarker>) -> Result<Done, StoreError> {
        let club = self.facts.club();
        let guild = OwnerId::of_guild(self.lease.guild);
        let fenced = self.with.store.fenced(self.lease).await?;
        messages::unsaid(&fenced, said.id).await?;
        if club.settings.announcement_channel == Some(channel) {
            clubs::lose_announcement_channel(&fenced, club.id, channel).await?;
            self.ask_in(&fenced, guild, "", Topic::NoAnnouncementChannel).await?;
        }
        if club.settings.organiser_channel == Some(channel) {
            clubs::lose_organiser_channel(&fenced, club.id, channel).await?;
            self.ask_in(&fenced, guild, "", Topic::NoOrganiserChannel).await?;
        }
        fenced.commit().await?;
        Ok(Done::Changed)
    }

    /// Says something once.
    pub(super) async fn say(&self, saying: &Saying) -> Result<Done, StoreError> {
        let Some(channel) = self.resolve(saying.to).await? else { return Ok(Done::Waits) };
        let Some(body) = self.text(&saying.text).await? else { return Ok(Done::Waits) };
        let Some((said, attempt)) = self.begin_saying(saying, channel).await? else { return Ok(Done::Waits) };
        match self.send(&attempt, &body).await? {
            Ok(message) => {
                let fenced = self.with.store.fenced(self.lease).await?;
                messages::said(&fenced, said.id, message, self.now()).await?;
                if said.tries > 0 {
                    self.settle_questions(&fenced, &saying.key).await?;
                }
                fenced.commit().await?;
                Ok(Done::Changed)
            }
            Err(error) => {
                if attempt.fresh && error.outcome() == Outcome::NotDone {
                    self.forget(&said).await?;
                }
                if matches!(error.class(), Class::Gone(_)) && self.is_gone(channel).await {
                    return match saying.to {
                        Channel::Known(channel) => self.chosen_channel_gone(&said, channel).await,
                        Channel::Slot(slot) => self.deleted(slot).await,
                    };
                }
                self.unsaid(&said, &error).await
            }
        }
    }

    async fn begin_saying(
        &self,
        saying: &Saying,
        channel: Id<ChannelMarker>,
    ) -> Result<Option<(Said, Try)>, StoreError> {
        let begun = self.said(&saying.key).await?.filter(|said| said.state == SaidState::Saying);
        match begun {
            Some(said) if said.channel == channel => {
                let since = said.attempt_at.unwrap_or_else(|| self.now());
                let attempt = Try { channel, fresh: false, nonce: said.nonce.clone(), since };
                return Ok(Some((said, attempt)));
            }
            // It was begun in a channel that is gone.
            Some(said) => self.forget(&said).await?,
            None => {}
        }
        let now = self.now();
        let new = self.new_message(saying.key.clone(), channel, saying.expires);
        let fenced = self.with.store.fenced(self.lease).await?;
        let attempt = Attempt { at: now, lasts: self.with.timings.examine_after };
        let begun = messages::begin(&fenced, &new, attempt).await?;
        fenced.commit().await?;
        let said = if begun.is_some() { self.said(&saying.key).await? } else { None };
        Ok(said.map(|said| (said, Try { channel, fresh: true, nonce: new.nonce, since: now })))
    }

    /// An attempt certainly said nothing.
    async fn forget(&self, said: &Said) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        messages::unsaid(&fenced, said.id).await?;
        fenced.commit().await
    }

    pub(super) async fn said(&self, key: &str) -> Result<Option<Said>, StoreError> {
        let all = messages::of_owners(&self.with.store, &[self.owner.id()]).await?;
        Ok(all.into_iter().find(|said| said.key == key))
    }

    fn new_message(&self, key: String, channel: Id<ChannelMarker>, expires: Timestamp) -> NewMessage {
        NewMessage {
            channel,
            expires_at: Some(expires),
            id: self.with.ids.uuid(self.now()),
            key,
            nonce: self.with.ids.attempt(),
            owner: self.owner.id(),
        }
    }

    /// Records that something can't be said any more.
    pub(super) async fn expire(&self, key: &str, at: Timestamp) -> Result<Done, StoreError> {
        let nowhere = self.lease.guild.cast();
        let fenced = self.with.store.fenced(self.lease).await?;
        let expired = messages::expire(&fenced, &self.new_message(key.to_owned(), nowhere, at)).await?;
        fenced.commit().await?;
        Ok(if expired { Done::Changed } else { Done::Waits })
    }

    /// Sends a message, or finds it where an earlier attempt has left it.
    pub(super) async fn send(
        &self,
        attempt: &Try,
        body: &Body,
    ) -> Result<Result<Id<MessageMarker>, Error>, StoreError> {
        let mark = mark(&attempt.nonce);
        let certain = attempt.since.saturating_add(NONCE_LIFE).unwrap_or(attempt.since);
        if self.now() > certain {
            match self.sent(attempt).await {
                Ok(Some(found)) => return Ok(Ok(found)),
                Ok(None) => self.with.hold_on(self.lease).await?,
                Err(error) => return Ok(Err(error)),
            }
        }
        let mut json = body.json(Audience::Public);
        set_mark(&mut json, mark);
        Ok(self.with.write.send_message(attempt.channel, &json, &attempt.nonce).await)
    }

    /// The message that an earlier attempt has left in its channel.
    pub(super) async fn sent(&self, attempt: &Try) -> Result<Option<Id<MessageMarker>>, Error> {
        let since = attempt.since.saturating_sub(SKEW).unwrap_or(attempt.since);
        let since = self.with.read.messages_since(attempt.channel, since).await?;
        let mark = mark(&attempt.nonce);
        let found = since.into_iter().find(|message| bears(&message.components, mark));
        Ok(found.map(|message| message.id))
    }

    pub(super) async fn resolve(&self, to: Channel) -> Result<Option<Id<ChannelMarker>>, StoreError> {
        match to {
            Channel::Known(channel) => Ok(Some(channel)),
            Channel::Slot(slot) => self.channel(slot).await,
        }
    }

    async fn text(&self, text: &Text) -> Result<Option<Body>, StoreError> {
        Ok(match text {
            Text::Body(body) => Some(body.clone()),
            Text::RaceVoice { start } => {
                self.channel(Slot::RaceVoice).await?.map(|voice| view::announce::race_voice(voice, *start))
            }
            Text::TeamRaceVoice { room, start, team } => {
                self.channel(*room).await?.map(|voice| view::team::notice::race_voice(team, voice, *start))
            }
        })
    }
}

/// A component id that an attempt's message bears: 31 bits of its nonce's hash, never 0. See Discord Docs/Component Reference.
fn mark(nonce: &str) -> i32 {
    let hash = Sha256::digest(nonce.as_bytes());
    let bits = i32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) & i32::MAX;
    bits.max(1)
}

fn set_mark(message: &mut Value, mark: i32) {
    if let Some(first) = message["components"].get_mut(0) {
        first["id"] = mark.into();
    }
}

fn bears(components: &Value, mark: i32) -> bool {
    components.get(0).is_some_and(|first| first["id"] == mark)
}
