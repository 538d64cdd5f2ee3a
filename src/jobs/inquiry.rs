//! Inquiries: what a deferred reply is to say is found out on Discord, and then owed.

mod readiness;

use std::{sync::Arc, time::Duration};

use futures::TryFutureExt as _;
use serde_json::Value;
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{ApplicationMarker, ChannelMarker, GuildMarker, UserMarker},
    },
};
use uuid::Uuid;

use crate::{
    base::clock::Clock,
    discord::{Class, Error, ReadPort},
    domain::{
        actor::Actor,
        crew::Budget,
        health::{AppSetup, HealthFacts, Read, ServerRoles, Unread, findings},
        id::EventId,
        membership::Standing,
        permission,
        refusal::{Fault, Field, Problem, Refusal},
    },
    service::{
        Service, ServiceError,
        crew::{CrewsFacts, CrewsWanted},
        export::{CalendarExport, EventFile, SheetExport},
        health::{Asked, ClubState, Posting},
        settings::SettingsView,
    },
    store::{Store, StoreError, follow_ups, follow_ups::OwedFile, inquiries},
    view::{
        crew::{self, CrewsView},
        custom_id::SettingsGroup,
        health::{HealthReport, health},
        members,
        message::Body,
        refusal::refusal,
        reply,
        settings::SettingsFacts,
        sheet_file::{self, SheetFile, SheetRow},
    },
};

/// How many calls one worker has the time for while it has an inquiry to itself: no more than two are made one after the other.
const CALLS: u32 = 3;
/// How often Discord is asked that gives no answer, before that is what is said.
const TRIES: u32 = 3;
/// How long between two tries: somebody waits.
const WAIT: Duration = Duration::from_secs(2);

/// Finds out what was asked.
#[derive(Clone)]
pub struct Inquiries(Arc<InquiryParts>);

/// What [`Inquiries::new`] is given.
pub struct InquiryParts {
    /// The app, for its page in the developer portal.
    pub application: Id<ApplicationMarker>,
    /// How long a call to Discord may take.
    pub call: Duration,
    /// The domain's clock.
    pub clock: Clock,
    /// What is on Discord.
    pub read: Arc<dyn ReadPort>,
    /// How long crews are searched for.
    pub search: Budget,
    /// The use cases.
    pub service: Service,
    /// The service's public address, without a slash at its end.
    pub site: String,
    /// Where inquiries wait.
    pub store: Store,
}

/// What became of an inquiry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answered {
    /// Its answer is owed.
    Now,
    /// It is to be tried again after this long.
    Later(Duration),
    /// Somebody else has it, or had it; or nobody can be answered any more.
    Elsewhere,
}

/// Why an inquiry wasn't looked into. The next sweep has it tried again.
#[derive(Debug, thiserror::Error)]
pub enum InquiryError {
    /// A use case failed.
    #[error("a use case failed")]
    Service(#[from] ServiceError),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

/// What Discord told, as far as it did.
struct Told {
    app: Read<AppSetup>,
    channels: Read<u64>,
    roles: Read<ServerRoles>,
    scheduled_events: Read<u64>,
    threads: Read<u64>,
}

impl Inquiries {
    /// Looks into inquiries with these parts.
    #[must_use]
    pub fn new(parts: InquiryParts) -> Self {
        Self(Arc::new(parts))
    }

    /// Finds out what one inquiry asks.
    ///
    /// # Errors
    ///
    /// See [`InquiryError`].
    pub async fn look_into(&self, id: Uuid) -> Result<Answered, InquiryError> {
        let InquiryParts { call, clock, store, .. } = &*self.0;
        let Some(inquiry) = inquiries::claim(store, id, *call * CALLS, clock.now()).await? else {
            return Ok(Answered::Elsewhere);
        };
        let found = match inquiry.what {
            Asked::Crews { actor, event } => Some((self.crews(&actor, event).await?, Vec::new())),
            Asked::EventFile { event, file, guild } => Some(self.event_file(guild, event, file).await?),
            Asked::Health { guild } => {
                self.health(guild, inquiry.tries >= TRIES).await?.map(|body| (body, Vec::new()))
            }
            Asked::Members { guild, standing } => Some(self.members(guild, standing).await?),
            Asked::Readiness { account, guild, team } => {
                let found = self.readiness((guild, account), team, inquiry.tries).await?;
                found.map(|body| (body, Vec::new()))
            }
            Asked::Posting(posting) => {
                let found = self.posting(*posting, &inquiry.request_id, inquiry.tries >= TRIES).await?;
                found.map(|body| (body, Vec::new()))
            }
        };
        let Some((body, files)) = found else {
            // The ring for it must not come too early.
            follow_ups::failed(store, id, "Discord gave no answer", WAIT.mul_f64(0.9)).await?;
            return Ok(Answered::Later(WAIT));
        };
        let settled = inquiries::settle(store, id, body, files).await?;
        Ok(if settled { Answered::Now } else { Answered::Elsewhere })
    }

    /// The message with the files of a guild's club's members.
    async fn members(
        &self,
        guild: Id<GuildMarker>,
        standing: Option<Standing>,
    ) -> Result<(Value, Vec<OwedFile>), InquiryError> {
        let Some((club, people)) = self.0.service.members_of(guild, standing).await? else {
            return Ok((refusal(&Refusal::NoClub, None).edit_json(), Vec::new()));
        };
        // Tens of thousands of lines take a while.
        let written = tokio::task::spawn_blocking(move || members::files(&club, standing, &people)).await;
        let (body, files) = written.map_err(|error| StoreError::Db(Box::new(error)))?;
        let files = files.into_iter().map(|file| OwedFile { content: file.content, name: file.name });
        Ok((body.edit_json(), files.collect()))
    }

    /// The message with crews for an event, which are searched for first unless they were found already.
    async fn crews(&self, actor: &Actor, event: EventId) -> Result<Value, InquiryError> {
        match self.crews_found(actor, event).await {
            Ok(CrewsFacts { preview, revision, teams }) => {
                let view = CrewsView {
                    event: &teams.facts.event,
                    names: &teams.names,
                    preview: &preview,
                    revision,
                    teams: &teams.teams,
                };
                Ok(crew::preview(&view, 0).edit_json())
            }
            Err(ServiceError::Refused(why)) => Ok(refusal(&why, None).edit_json()),
            Err(error) => Err(error.into()),
        }
    }

    async fn crews_found(&self, actor: &Actor, event: EventId) -> Result<CrewsFacts, ServiceError> {
        let InquiryParts { search: budget, service, .. } = &*self.0;
        let budget = *budget;
        if let CrewsWanted::Search(search, revision) = service.crews_wanted(actor, event).await? {
            // It takes a second or two, in which this thread serves others.
            let searched = tokio::task::spawn_blocking(move || {
                let proposal = search.run(budget);
                (search, proposal)
            });
            let (search, proposal) = searched.await.map_err(|error| StoreError::Db(Box::new(error)))?;
            service.keep_crews(actor, (event, revision), (&search, &proposal)).await?;
        }
        service.crews(actor, event).await
    }

    /// The message with a file of an event.
    async fn event_file(
        &self,
        guild: Id<GuildMarker>,
        event: EventId,
        file: EventFile,
    ) -> Result<(Value, Vec<OwedFile>), InquiryError> {
        let service = &self.0.service;
        let made = match file {
            EventFile::Calendar => service.calendar_export(guild, event).await?.map(|export| {
                let CalendarExport { content, event, name } = export;
                sheet_file::calendar(&event, content, &name)
            }),
            EventFile::Sheet => service.sheet_export(guild, event).await?.map(|export| sheet(&export)),
        };
        let Some((body, SheetFile { content, name })) = made else {
            return Ok((refusal(&Refusal::UnknownEvent, None).edit_json(), Vec::new()));
        };
        Ok((body.edit_json(), vec![OwedFile { content, name }]))
    }

    /// The message that tells of a guild's health; `None` while Discord may yet tell more, unless this is the last try.
    async fn health(&self, guild: Id<GuildMarker>, is_last: bool) -> Result<Option<Value>, InquiryError> {
        let InquiryParts { application, clock, service, site, .. } = &*self.0;
        let Some(ClubState { club, failing, last_sync, queue }) = service.club_state(guild).await? else {
            return Ok(Some(refusal(&Refusal::NoClub, None).edit_json()));
        };
        let told = self.ask(guild).await;
        if !is_last && told.is_patchy() {
            return Ok(None);
        }
        let Told { app, channels, roles, scheduled_events, threads } = told;
        if let Ok(roles) = &roles {
            service.note_roles(guild, roles).await?;
        }
        let now = clock.now();
        let settings = &club.settings;
        let facts = HealthFacts {
            app,
            channels,
            failing,
            last_sync,
            now,
            queue,
            roles,
            scheduled_events,
            settings,
            threads,
        };
        let report = HealthReport {
            club: &club,
            findings: &findings(&facts),
            fix_permissions: &format!("{site}/install?server={guild}"),
            portal: &format!("https://discord.com/developers/applications/{application}/bot"),
        };
        Ok(Some(health(&report).edit_json()))
    }

    /// Asks Discord for everything at once.
    async fn ask(&self, guild: Id<GuildMarker>) -> Told {
        let read = &self.0.read;
        let (app, channels, roles, events, threads) = futures::join!(
            read.application(),
            read.guild_channels(guild),
            self.roles(guild).map_ok(|(roles, _)| roles),
            read.scheduled_events(guild),
            read.active_threads(guild),
        );
        let setup = app.map(|app| AppSetup {
            hears_events: app.hears_events(),
            members_intent: app.may_list_members(),
            takes_interactions: app.interactions_endpoint_url.is_some(),
        });
        let ahead = events.map(|events| count(events.iter().filter(|event| event.is_ahead()).count()));
        Told {
            app: known(setup),
            channels: known(channels.map(|channels| count(channels.len()))),
            roles: known(roles),
            scheduled_events: known(ahead),
            threads: known(threads.map(|threads| count(threads.len()))),
        }
    }

    /// A guild's roles, and the bot's account, which holds some of them.
    async fn roles(&self, guild: Id<GuildMarker>) -> Result<(ServerRoles, Id<UserMarker>), Error> {
        let read = &self.0.read;
        let held = async {
            let bot = read.bot().await?;
            Ok((read.member(guild, bot.id).await?.roles, bot.id))
        };
        // Both to their end: a try is for everything, whatever else of it fails.
        let (all, held) = futures::join!(read.roles(guild), held);
        let (all, (held, bot)) = (all?, held?);
        let all = all.into_iter().map(Into::into).collect();
        Ok((ServerRoles { all, everyone: guild.cast(), held }, bot))
    }

    /// The message that tells what came of what an organiser chose: it is saved if the bot may write in its channels. `None` while
    /// Discord may yet tell whether it may, unless this is the last try.
    async fn posting(
        &self,
        posting: Posting,
        request_id: &str,
        is_last: bool,
    ) -> Result<Option<Value>, InquiryError> {
        let Posting { actor, choice, draft } = posting;
        let refused = |why: &Refusal| Ok(Some(refusal(why, draft).edit_json()));
        let Some(club) = self.0.service.find_club(actor.guild).await? else {
            return refused(&Refusal::NoClub);
        };
        let faults = match self.lacking(actor.guild, choice.new_channels(&club.settings)).await {
            Ok(faults) => faults,
            Err(error) => {
                tracing::warn!(%error, "what the bot may do in a channel can't be read");
                return if is_last { refused(&Refusal::ChannelsUnread) } else { Ok(None) };
            }
        };
        if !faults.is_empty() {
            return refused(&Refusal::Form(faults));
        }
        match self.0.service.save_checked(&actor, choice, request_id).await {
            Ok(SettingsView { club, next }) => {
                let facts = SettingsFacts { club: &club, next: next.as_ref() };
                Ok(Some(reply::settings_saved(&facts, SettingsGroup::General).edit_json()))
            }
            Err(ServiceError::Refused(why)) => refused(&why),
            Err(error) => Err(error.into()),
        }
    }

    /// What the bot lacks to write in these channels, by the form's fields.
    async fn lacking(
        &self,
        guild: Id<GuildMarker>,
        channels: Vec<(Field, Id<ChannelMarker>)>,
    ) -> Result<Vec<Fault>, Error> {
        let (all, roles) = futures::join!(self.0.read.guild_channels(guild), self.roles(guild));
        let (all, (roles, bot)) = (all?, roles?);
        let fault = |(field, id): (Field, Id<ChannelMarker>)| {
            let channel = all.iter().find(|channel| channel.id == id);
            let held = channel.map_or(Permissions::empty(), |channel| {
                permission::in_channel(&roles, bot, &channel.overwrites)
            });
            let lacking = permission::names(permission::POSTING - held);
            (!lacking.is_empty()).then_some(Fault { field, problem: Problem::MayNotPost(lacking) })
        };
        Ok(channels.into_iter().filter_map(fault).collect())
    }
}

impl Told {
    /// Whether Discord gave no answer to something.
    fn is_patchy(&self) -> bool {
        let unread = [
            self.app.as_ref().err(),
            self.channels.as_ref().err(),
            self.roles.as_ref().err(),
            self.scheduled_events.as_ref().err(),
            self.threads.as_ref().err(),
        ];
        unread.into_iter().flatten().any(|why| *why == Unread::Away)
    }
}

/// What was read, or why it wasn't.
fn known<T>(read: Result<T, Error>) -> Read<T> {
    read.map_err(|error| {
        tracing::warn!(%error, "a part of a server's health can't be read");
        match error.class() {
            Class::Forbidden | Class::Gone(_) => Unread::Forbidden,
            Class::Broken | Class::Full(_) | Class::RetryAt(_) => Unread::Away,
        }
    })
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

fn sheet(export: &SheetExport) -> (Body, SheetFile) {
    let SheetExport { event, names, sheet, since } = export;
    let row = |line| SheetRow {
        line,
        name: names.get(&line.discord).map(String::as_str),
        since: since.get(&line.user).copied(),
    };
    let rows: Vec<SheetRow<'_>> = sheet.lines().iter().map(row).collect();
    sheet_file::csv(event, sheet, &rows)
}
