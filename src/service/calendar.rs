//! Calendars that programs subscribe to, by a link that nobody can guess.
//!
//! A link is signed, not stored: it names its owner, and its signature covers the owner's serial, which counts the links that were
//! replaced. So it can be shown again whenever somebody asks, the database holds nothing that opens a calendar, and making a new link is
//! one number that changes, from which instant the old one is worth nothing. (A random token that is stored as a hash could be shown
//! once only.) Changing `SECRET_KEY` replaces all of them.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use subtle::ConstantTimeEq as _;

use super::{Service, ServiceError, audit::Deed};
pub use crate::domain::calendar::CalendarOwner;
use crate::{
    base::digest::Digester,
    domain::{
        account::Account,
        actor::Actor,
        calendar::{self, Entry},
        club::Club,
        event::Event,
        id::{ClubId, Key, SeriesId},
        refusal::Refusal,
        signup::SignupState,
    },
    store::{Source, calendars, clubs, events, users},
};

/// For how long events that are over stay in a club's calendar.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// What a person's calendar is called.
const MINE: &str = "My races · Simlane";
/// How many hexadecimal digits a signature has: 128 bits.
const SIGNATURE: usize = 32;

/// What opens a calendar.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CalendarLink {
    /// How many links were replaced before this one.
    pub serial: u32,
    /// What its address holds. A secret of its owner's.
    pub token: String,
}

/// A club's calendar.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClubCalendar {
    /// The club.
    pub club: Club,
    /// What opens it.
    pub link: CalendarLink,
}

impl Service {
    /// Whose calendar a token opens; `None` for a token that isn't ours or was replaced.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn calendar_owner(&self, token: &str) -> Result<Option<CalendarOwner>, ServiceError> {
        let Some((named, signature)) = read(token) else { return Ok(None) };
        let Some(holder) = calendars::holder(self.store(), named).await? else { return Ok(None) };
        let right = sign(&self.0.calendars, named, holder.serial);
        let is_right = bool::from(signature.as_bytes().ct_eq(right.as_bytes()));
        Ok(is_right.then_some(holder.owner))
    }

    /// A calendar as programs read it. A fixed number of reads, however many events there are.
    ///
    /// # Errors
    ///
    /// Refuses where the club is gone, and fails when the database does.
    pub async fn calendar(&self, owner: CalendarOwner) -> Result<String, ServiceError> {
        let (name, found) = match owner {
            CalendarOwner::Club(club) => {
                let now = self.0.clock.now();
                let since = now.saturating_sub(KEPT).unwrap_or(now);
                let found = events::live(self.store(), club, since).await?;
                let name = clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
                (name.to_string(), found.into_iter().map(|event| (event, None)).collect())
            }
            CalendarOwner::Person(user) => {
                let found = calendars::events_of(self.store(), user).await?;
                let found = found.into_iter().map(|(event, said)| (event, Some(said)));
                (MINE.to_owned(), found.collect())
            }
        };
        let entries = entries(self.store(), found).await?;
        Ok(calendar::feed(&name, &entries))
    }

    /// The link to the calendar of the person behind an account. Whoever was never seen becomes a person.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn my_calendar(
        &self,
        account: &Account,
        request_id: &str,
    ) -> Result<CalendarLink, ServiceError> {
        let user = match users::by_account(self.store(), account.id).await? {
            Some(user) => user,
            None => {
                let work = self.begin().await?;
                let user = self.person_of(&work, account).await?;
                self.commit(work, request_id).await?;
                user
            }
        };
        self.link(self.store(), CalendarOwner::Person(user)).await
    }

    /// Replaces the link of that serial to one's own calendar, and returns the one that works: another press may have replaced it
    /// before. The answer isn't kept, since it would keep the link: a repeat changes nothing anyway.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn renew_my_calendar(
        &self,
        account: &Account,
        serial: u32,
        request_id: &str,
    ) -> Result<CalendarLink, ServiceError> {
        let work = self.begin().await?;
        let owner = CalendarOwner::Person(self.person_of(&work, account).await?);
        calendars::renew(&work.tx, owner, serial).await?;
        let link = self.link(&work.tx, owner).await?;
        self.commit(work, request_id).await?;
        Ok(link)
    }

    /// The link to the calendar of the actor's club.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn club_calendar(&self, actor: &Actor) -> Result<ClubCalendar, ServiceError> {
        let club = self.organised_club(actor).await?;
        let link = self.link(self.store(), CalendarOwner::Club(club.id)).await?;
        Ok(ClubCalendar { club, link })
    }

    /// Replaces the link of that serial to the club's calendar, as [`Service::renew_my_calendar`] does a person's.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn renew_club_calendar(
        &self,
        actor: &Actor,
        serial: u32,
        request_id: &str,
    ) -> Result<ClubCalendar, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(actor).await?;
        let owner = CalendarOwner::Club(club.id);
        if calendars::renew(&work.tx, owner, serial).await? {
            let deed =
                Deed { action: "calendar.renew", after: None, before: None, subject: club.id.to_string() };
            self.audit(&work, actor, club.id, deed).await?;
        }
        let link = self.link(&work.tx, owner).await?;
        self.commit(work, request_id).await?;
        Ok(ClubCalendar { club, link })
    }

    /// The link that works now.
    async fn link(&self, db: &impl Source, owner: CalendarOwner) -> Result<CalendarLink, ServiceError> {
        let holder = calendars::holder(db, owner).await?.ok_or(Refusal::Settled)?;
        let serial = holder.serial;
        let token = write(owner, &sign(&self.0.calendars, owner, serial));
        Ok(CalendarLink { serial, token })
    }
}

/// Events with what else a calendar shows of them: three reads.
pub(super) async fn entries(
    db: &impl Source,
    found: Vec<(Event, Option<SignupState>)>,
) -> Result<Vec<Entry>, ServiceError> {
    let events = || found.iter().map(|(event, _)| event);
    let clubs: BTreeSet<ClubId> = events().map(|event| event.club).collect();
    let series: BTreeSet<SeriesId> = events().filter_map(|event| event.series).collect();
    let clubs = calendars::clubs_named(db, clubs).await?;
    let series = calendars::series_named(db, series).await?;
    let channels = calendars::channels(db, events().map(|event| event.id)).await?;
    let entry = |(event, said): (Event, _)| {
        Some(Entry {
            channel: channels.get(&event.id).copied(),
            club: clubs.get(&event.club)?.clone(),
            said,
            series: event.series.and_then(|id| series.get(&id).cloned()),
            event,
        })
    };
    Ok(found.into_iter().filter_map(entry).collect())
}

/// `c` or `p`, the owner's identifier in 22 characters, the signature.
fn write(owner: CalendarOwner, signature: &str) -> String {
    let (kind, id) = match owner {
        CalendarOwner::Club(club) => ('c', club.short()),
        CalendarOwner::Person(user) => ('p', user.short()),
    };
    format!("{kind}{id}{signature}")
}

/// Whom a token names, and its signature; `None` for what [`write`] doesn't write.
fn read(token: &str) -> Option<(CalendarOwner, &str)> {
    let (named, signature) = token.split_at_checked(token.len().checked_sub(SIGNATURE)?)?;
    let owner = match named.split_at_checked(1)? {
        ("c", club) => CalendarOwner::Club(Key::from_short(club)?),
        ("p", user) => CalendarOwner::Person(Key::from_short(user)?),
        _ => return None,
    };
    Some((owner, signature))
}

fn sign(key: &Digester, owner: CalendarOwner, serial: u32) -> String {
    let (kind, id) = match owner {
        CalendarOwner::Club(club) => ("club", club.uuid()),
        CalendarOwner::Person(user) => ("person", user.uuid()),
    };
    let mut signature = key.digest(&format!("{kind} {id} {serial}"));
    signature.truncate(SIGNATURE);
    signature
}
