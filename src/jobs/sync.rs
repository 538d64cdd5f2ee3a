//! Member syncs: what they need of Discord, a step at a time. Each step ends in the database, so that a worker that is killed has at most
//! one page read again, or some roles given that were given already.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ApplicationMarker, GuildMarker, RoleMarker, UserMarker},
};
use uuid::Uuid;

use crate::{
    base::clock::Clock,
    discord::{Class, Discord, Error, Gone, MEMBERS_PAGE, Member, ReadPort, WritePort},
    domain::{
        account::Account,
        sync::{Seen, Trouble},
    },
    service::{
        Service, ServiceError,
        sync::{ShownSync, Step, is_taken},
    },
    store::{
        sync_changes::{ChangeState, Planned},
        sync_runs::Claimed,
    },
    view::sync,
};

/// How often a step may fail in a row before the run ends.
const TRIES: u32 = 8;
/// What a role that is given says in the audit log.
const REASON: &str = "Member of the club (Simlane member sync)";
/// What a role that is taken away again says there.
const REASON_UNDO: &str = "Given by a member sync that is being undone (Simlane)";

/// Goes on with member syncs.
#[derive(Clone)]
pub struct Syncs {
    application: Id<ApplicationMarker>,
    clock: Clock,
    discord: Discord,
    read: Arc<dyn ReadPort>,
    service: Service,
    write: Arc<dyn WritePort>,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stepped {
    /// The next step can be done at once.
    Again,
    /// The next step has to wait until then.
    At(Timestamp),
    /// Nothing is left to do, or somebody else does it.
    Over,
}

/// How a step on Discord failed.
enum Failed {
    Discord(Error),
    Service(ServiceError),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Discord(error)
    }
}

impl From<ServiceError> for Failed {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

fn render(shown: &ShownSync) -> Value {
    sync::shown(&sync::SyncFacts::of(&shown.run, &samples(shown))).edit_json()
}

fn samples(shown: &ShownSync) -> sync::Samples<'_> {
    let samples = &shown.samples;
    sync::Samples {
        ambiguous: samples.ambiguous.iter().map(|(account, names)| (*account, names.as_slice())).collect(),
        left: &samples.left,
        linked: samples.linked.iter().map(|(account, name, by)| (*account, name, by)).collect(),
        new: &samples.new,
    }
}

impl Syncs {
    /// What goes on with syncs.
    #[must_use]
    pub fn new(application: Id<ApplicationMarker>, clock: Clock, discord: Discord, service: Service) -> Self {
        let (read, write) = (Arc::new(discord.clone()), Arc::new(discord.clone()));
        Self { application, clock, discord, read, service, write }
    }

    /// Does a run's next step.
    ///
    /// # Errors
    ///
    /// When the database fails. The sweep goes on with the run then.
    pub async fn step(&self, id: Uuid) -> Result<Stepped, ServiceError> {
        let Some((mut claimed, step)) = self.service.claim_sync(id).await? else { return Ok(Stepped::Over) };
        self.show(&mut claimed).await;
        let result = match step {
            Step::Read { after, counts, guild } => {
                self.read_page(claimed.clone(), guild, after, counts).await
            }
            Step::Grant { changes, guild, role, takes } => {
                self.grant(claimed.clone(), changes, (guild, role), takes).await
            }
            Step::Work => self.service.work_on_sync(claimed.clone(), &render).await.map_err(Failed::from),
        };
        match result {
            Ok(after) => Ok(if after.run.state.is_running() { Stepped::Again } else { Stepped::Over }),
            Err(Failed::Service(error)) if is_taken(&error) => Ok(Stepped::Over),
            Err(Failed::Service(error)) => Err(error),
            Err(Failed::Discord(error)) => self.failed(claimed, &error).await,
        }
    }

    /// Reads a page of members and keeps it.
    async fn read_page(
        &self,
        mut claimed: Claimed,
        guild: Id<GuildMarker>,
        after: u64,
        counts: bool,
    ) -> Result<Claimed, Failed> {
        let mut calls = 1;
        if counts {
            claimed.run.expected = Some(self.read.guild_size(guild).await?.unwrap_or(0));
            calls += 1;
        }
        let page = match self.read.members(guild, Id::new_checked(after)).await {
            Ok(page) => page,
            // Whoever may see the guild and not its members lacks the intent.
            Err(error) if error.status() == Some(403) && self.read.guild_size(guild).await.is_ok() => {
                return Ok(self.service.without_intent(claimed).await?);
            }
            Err(error) => return Err(error.into()),
        };
        let last = page.iter().map(|member| member.user).max();
        let is_full = page.len() >= usize::from(MEMBERS_PAGE);
        // A page that doesn't go on would be read for ever.
        let goes_on = last.filter(|last| is_full && last.get() > after);
        let seen: Vec<Seen> = page.into_iter().map(seen).collect();
        Ok(self.service.keep_page(claimed, &seen, goes_on, calls).await?)
    }

    /// Gives a role to some members, or takes it away again.
    async fn grant(
        &self,
        claimed: Claimed,
        mut changes: Vec<Planned>,
        (guild, role): (Id<GuildMarker>, Id<RoleMarker>),
        takes: bool,
    ) -> Result<Claimed, Failed> {
        let mut made = 0;
        for planned in &mut changes {
            let user = planned.change.account();
            match self.grant_one(guild, user, role, takes).await {
                Ok(()) => planned.state = ChangeState::Done,
                Err(error) => match error.class() {
                    Class::Gone(Gone::Member | Gone::User) => planned.state = ChangeState::Skipped,
                    Class::Forbidden | Class::Gone(Gone::Role) if made == 0 => {
                        return Ok(self.service.may_not_grant(claimed, &render).await?);
                    }
                    _ if made > 0 => break,
                    _ => return Err(error.into()),
                },
            }
            made += 1;
        }
        changes.truncate(made);
        Ok(self.service.granted(claimed, &changes, None).await?)
    }

    async fn grant_one(
        &self,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        role: Id<RoleMarker>,
        takes: bool,
    ) -> Result<(), Error> {
        if takes {
            self.write.take_role(guild, user, role, REASON_UNDO).await
        } else {
            self.write.give_role(guild, user, role, REASON).await
        }
    }

    /// Discord failed a step: it is tried again later, or the run ends.
    async fn failed(&self, claimed: Claimed, error: &Error) -> Result<Stepped, ServiceError> {
        let now = self.clock.now();
        let is_lost = error.not_in_guild();
        let retry = match error.class() {
            Class::RetryAt(at) => Some((at, false)),
            Class::Broken if claimed.tries + 1 < TRIES => {
                Some((now.saturating_add(backoff(claimed.tries)).unwrap_or(now), true))
            }
            _ => None,
        };
        let ended = match retry.filter(|_| !is_lost) {
            Some((at, counts)) => {
                tracing::warn!(%error, tries = claimed.tries, "a sync's step is tried again");
                self.service.retry_sync(&claimed, at, counts).await.map(|()| Stepped::At(at))
            }
            None => {
                tracing::warn!(%error, "a sync ends before it is done");
                let trouble = if is_lost { Trouble::Gone } else { Trouble::Unavailable };
                self.service.fail_sync(claimed, trouble, &render).await.map(|_| Stepped::Over)
            }
        };
        match ended {
            Err(error) if is_taken(&error) => Ok(Stepped::Over),
            ended => ended,
        }
    }

    /// Shows in the reply how far the run is, every few seconds. What can't be shown is shown by the next step.
    async fn show(&self, claimed: &mut Claimed) {
        let shown = match self.service.progress_of(claimed, &render) {
            Ok(Some((token, body))) => self.discord.edit_original(self.application, &token, &body).await,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "a sync's reply can't be edited");
                return;
            }
        };
        if let Err(error) = shown {
            tracing::debug!(%error, "a sync's progress was not shown");
        }
    }
}

fn seen(member: Member) -> Seen {
    let Member { bot, global_name, nick, roles, user, username, .. } = member;
    let username = if username.is_empty() { user.to_string() } else { username };
    let nickname = nick.filter(|nick| !nick.is_empty());
    let account = Account { global_name, id: user, nickname, username };
    Seen { account, is_bot: bot, roles: roles.into_iter().collect() }
}

/// A second after the first failure, twice as long after each further one.
fn backoff(tries: u32) -> Duration {
    Duration::from_secs(2_u64.saturating_pow(tries.min(6)))
}
