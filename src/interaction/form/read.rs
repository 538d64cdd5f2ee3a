//! Reading forms: what people typed becomes the domain's own types, or every fault is told at once.

use std::{ops::RangeInclusive, str::FromStr};

use jiff::Timestamp;
use twilight_model::{
    channel::ChannelType,
    id::{
        Id,
        marker::{ChannelMarker, GuildMarker, RoleMarker},
    },
};

use crate::{
    domain::{
        blueprint::Blueprint,
        car_list,
        channel_name::NamePattern,
        class_list::{Capacity, Classes},
        duration::RaceLength,
        local_time,
        name::{CarName, Description, Kind, NameError, Text},
        rating::IRating,
        recurrence::{self, RepeatError},
        refusal::{Fault, Field, Problem, Refusal},
        reminder::Offsets,
        role_map,
        series_defaults::SeriesDefaults,
        settings::{Bitrate, CheckIn, Grace, Lead, Period, RoleRule, Updates, UserLimit},
        team::CarNumber,
        terms::Cutoff,
        text,
        zone::Zone,
    },
    interaction::fields::Fields,
    service::recurrence::Repeat,
    view::field,
};

/// The most characters of a reason for a cancellation.
const MAX_REASON: usize = 300;

/// Reads the fields of a form one by one, and remembers what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'f> {
    faults: Vec<Fault>,
    fields: &'f Fields,
}

impl<'f> Reader<'f> {
    /// Reads these fields.
    pub(super) const fn new(fields: &'f Fields) -> Self {
        Self { faults: Vec::new(), fields }
    }

    /// What was read, if every field of it could be.
    ///
    /// # Errors
    ///
    /// With every fault that was found.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Refusal> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(Refusal::Form(self.faults)),
        }
    }

    /// A name or a description.
    pub(super) fn name<K: Kind>(&mut self, id: &str, field: Field) -> Option<Text<K>> {
        self.read(id, field, Text::parse, Problem::Name)
    }

    /// A text that may be left out.
    pub(super) fn optional_name<K: Kind>(&mut self, id: &str, field: Field) -> Option<Option<Text<K>>> {
        if self.fields.text(id).trim().is_empty() {
            return Some(None);
        }
        self.name(id, field).map(Some)
    }

    /// A start ahead of `now` in `zone`.
    pub(super) fn start(&mut self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        self.read(field::START, Field::Start, |typed| local_time::parse(typed, zone, now), Problem::Time)
    }

    /// A new start ahead of `now`; `None` where the field still says when the event started `before`, past or not.
    pub(super) fn new_start(
        &mut self,
        before: Timestamp,
        zone: &Zone,
        now: Timestamp,
    ) -> Option<Option<Timestamp>> {
        let kept = self.fields.text(field::START).trim() == local_time::format(before, zone);
        if kept { Some(None) } else { self.start(zone, now).map(Some) }
    }

    /// A race's length.
    pub(super) fn length(&mut self) -> Option<RaceLength> {
        self.read(field::LENGTH, Field::Length, RaceLength::parse, Problem::Length)
    }

    /// The number on a car; empty is none.
    pub(super) fn car_number(&mut self) -> Option<Option<CarNumber>> {
        if self.fields.text(field::NUMBER).trim().is_empty() {
            return Some(None);
        }
        self.read(field::NUMBER, Field::Number, CarNumber::from_str, Problem::CarNumber).map(Some)
    }

    /// An iRating; empty is none.
    pub(super) fn rating(&mut self) -> Option<Option<IRating>> {
        let problem = |_| Problem::Number { min: 0, max: IRating::MAX };
        if self.fields.text(field::RATING).trim().is_empty() {
            return Some(None);
        }
        self.read(field::RATING, Field::Rating, IRating::from_str, problem).map(Some)
    }

    /// A whole number within bounds.
    pub(super) fn whole(&mut self, (id, field): (&str, Field), within: RangeInclusive<u8>) -> Option<u8> {
        let parse =
            |typed: &str| typed.trim().parse().ok().filter(|number| within.contains(number)).ok_or(());
        let problem = |()| Problem::Number { min: u16::from(*within.start()), max: u16::from(*within.end()) };
        self.read(id, field, parse, problem)
    }

    /// A whole number within bounds; empty is none.
    pub(super) fn optional_whole(
        &mut self,
        (id, field): (&str, Field),
        within: RangeInclusive<u8>,
    ) -> Option<Option<u8>> {
        if self.fields.text(id).trim().is_empty() {
            return Some(None);
        }
        self.whole((id, field), within).map(Some)
    }

    /// An event's classes.
    pub(super) fn classes(&mut self) -> Option<Classes> {
        self.read(field::CLASSES, Field::Classes, Classes::parse, Problem::Classes)
    }

    /// What a series' new events are like, with what `before` says that the form doesn't ask for.
    pub(super) fn series_defaults(&mut self, before: &SeriesDefaults) -> Option<SeriesDefaults> {
        let said = |typed: &str| !typed.trim().is_empty();
        let classes = |typed: &str| {
            let typed = said(typed).then(|| Classes::parse(typed)).transpose();
            typed.map(|typed| typed.map(|typed| before.blueprint.plans(&typed)))
        };
        let length = |typed: &str| said(typed).then(|| RaceLength::parse(typed)).transpose();
        let pattern = |typed: &str| said(typed).then(|| NamePattern::parse(typed)).transpose();
        let classes = self.read(field::CLASSES, Field::Classes, classes, Problem::Classes);
        let length = self.read(field::LENGTH, Field::Length, length, Problem::Length);
        let pattern = self.read(field::PATTERN, Field::Pattern, pattern, Problem::Pattern);
        let offsets = |typed: &str| said(typed).then(|| Offsets::parse(typed)).transpose();
        let reminders = self.read(field::REMINDERS, Field::Reminders, offsets, Problem::Offsets);
        let rules: Option<Description> = self.name(field::RULES, Field::Rules);
        let blueprint = Blueprint {
            classes: classes?.unwrap_or_default(),
            description: rules.filter(|rules| !rules.is_empty()),
            length: length?,
            ..before.blueprint.clone()
        };
        Some(SeriesDefaults { blueprint, pattern: pattern?, reminders: reminders? })
    }

    /// When an event that starts at `start` comes again.
    pub(super) fn repeat(&mut self, start: Timestamp, zone: &Zone, now: Timestamp) -> Option<Repeat> {
        let every = self.read(field::EVERY, Field::Every, recurrence::every, Problem::Repeat);
        let until = |typed: &str| recurrence::until(typed, zone, now);
        let until = self.read(field::UNTIL, Field::Until, until, Problem::Repeat);
        let dates = |typed: &str| recurrence::dates(typed, start, zone, now);
        let dates = self.read(field::DATES, Field::Dates, dates, Problem::Repeat);
        let fault = |field, error| Fault { field, problem: Problem::Repeat(error) };
        match (every?, until?, dates?) {
            (None, _, dates) if dates.is_empty() => {
                self.faults.push(fault(Field::Every, RepeatError::Nothing));
                None
            }
            (None, _, dates) => Some(Repeat::Dates(dates)),
            (Some(every), until, dates) if dates.is_empty() => Some(Repeat::Weekly(every, until)),
            (Some(_), ..) => {
                self.faults.push(fault(Field::Dates, RepeatError::Both));
                None
            }
        }
    }

    /// A number of places, or none.
    pub(super) fn places(&mut self, id: &str, field: Field) -> Option<Option<Capacity>> {
        let most = Capacity::MAX.get();
        let parse = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse().ok().and_then(|places| Capacity::new(places).ok()).map(Some).ok_or(()),
        };
        self.read(id, field, parse, |()| Problem::Number { min: Capacity::MIN.get(), max: most })
    }

    /// How long before the start sign-ups close; empty is at the start.
    pub(super) fn cutoff(&mut self) -> Option<Cutoff> {
        self.read(field::CUTOFF, Field::Cutoff, Cutoff::parse, Problem::Cutoff)
    }

    /// A class's cars.
    pub(super) fn cars(&mut self) -> Option<Vec<CarName>> {
        self.read(field::CARS, Field::Cars, car_list::parse, Problem::Car)
    }

    /// Roles of which one is needed. A server's own id is the role that everybody has.
    pub(super) fn needed_roles(&mut self, guild: Id<GuildMarker>) -> Vec<Id<RoleMarker>> {
        let roles: Vec<_> = self.fields.roles(field::ROLES).map(|role| role.id).collect();
        if roles.contains(&guild.cast()) {
            self.faults.push(Fault { field: Field::Roles, problem: Problem::EveryonesRole });
        }
        roles
    }

    /// A time zone.
    pub(super) fn zone(&mut self) -> Option<Zone> {
        self.read(field::ZONE, Field::Zone, Zone::parse, Problem::Zone)
    }

    /// A naming pattern.
    pub(super) fn pattern(&mut self) -> Option<NamePattern> {
        self.read(field::PATTERN, Field::Pattern, NamePattern::parse, Problem::Pattern)
    }

    /// A grace in hours.
    pub(super) fn grace(&mut self) -> Option<Grace> {
        let parse = |typed: &str| hours(typed).and_then(Grace::hours).ok_or(());
        self.read(field::GRACE, Field::Grace, parse, |()| Problem::Number { min: 0, max: Grace::MAX_HOURS })
    }

    /// How long before the start people are asked to check in, in minutes; 0 is never.
    pub(super) fn check_in(&mut self) -> Option<Option<CheckIn>> {
        let parse = |typed: &str| minutes(typed).and_then(CheckIn::of).ok_or(());
        let problem = |()| Problem::NumberOrNever { min: CheckIn::MIN_MINUTES, max: CheckIn::MAX_MINUTES };
        self.read(field::CHECK_IN, Field::CheckIn, parse, problem)
    }

    /// A lead in hours.
    pub(super) fn lead(&mut self) -> Option<Lead> {
        let parse = |typed: &str| hours(typed).and_then(Lead::hours).ok_or(());
        self.read(field::LEAD, Field::Lead, parse, |()| Problem::Number { min: 1, max: Lead::MAX_HOURS })
    }

    /// How many people fit into a team's voice room; 0 is any number.
    pub(super) fn user_limit(&mut self) -> Option<UserLimit> {
        let parse = |typed: &str| typed.trim().parse().ok().and_then(UserLimit::people).ok_or(());
        let problem = |()| Problem::Number { min: 0, max: UserLimit::MAX };
        self.read(field::USER_LIMIT, Field::UserLimit, parse, problem)
    }

    /// What teams' voice rooms are made with, in kilobits a second; empty leaves it to Discord.
    pub(super) fn bitrate(&mut self) -> Option<Option<Bitrate>> {
        let parse = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse().ok().and_then(Bitrate::kbit).map(Some).ok_or(()),
        };
        let problem = |()| Problem::NumberOrEmpty { min: Bitrate::MIN, max: Bitrate::MAX };
        self.read(field::BITRATE, Field::Bitrate, parse, problem)
    }

    /// When people are reminded.
    pub(super) fn offsets(&mut self) -> Option<Offsets> {
        self.read(field::OFFSETS, Field::Offsets, Offsets::parse, Problem::Offsets)
    }

    /// How often events' channels are told how the sheet stands: in hours, or not at all.
    pub(super) fn updates(&mut self) -> Option<Updates> {
        let parse = |typed: &str| match typed.trim() {
            "" | "off" | "Off" | "0" => Ok(Updates::Off),
            typed => hours(typed).and_then(Period::hours).map(Updates::Every).ok_or(()),
        };
        let problem = |()| Problem::Number { min: Period::MIN_HOURS, max: Period::MAX_HOURS };
        self.read(field::UPDATE_HOURS, Field::UpdateHours, parse, problem)
    }

    /// The channel that the board of coming events stands in, if one was chosen.
    pub(super) fn announcement_channel(&mut self) -> Option<Id<ChannelMarker>> {
        self.text_channel((field::ANNOUNCEMENT_CHANNEL, Field::AnnouncementChannel))
    }

    /// The channel in which the organisers are asked, if one was chosen.
    pub(super) fn organiser_channel(&mut self) -> Option<Id<ChannelMarker>> {
        self.text_channel((field::ORGANISER_CHANNEL, Field::OrganiserChannel))
    }

    fn text_channel(&mut self, (id, field): (&str, Field)) -> Option<Id<ChannelMarker>> {
        let channel = self.fields.channel(id)?;
        if !matches!(channel.kind, ChannelType::GuildText | ChannelType::GuildAnnouncement) {
            self.faults.push(Fault { field, problem: Problem::NotATextChannel });
        }
        Some(channel.id)
    }

    /// The role that makes organisers, if one was chosen. A server's own id is the role that everybody has.
    pub(super) fn organiser_role(&mut self, guild: Id<GuildMarker>) -> Option<Id<RoleMarker>> {
        self.role_for_some((field::ORGANISER_ROLE, Field::OrganiserRole), guild)
    }

    /// The role that every member is given, if one was chosen.
    pub(super) fn member_role(&mut self, guild: Id<GuildMarker>) -> Option<Id<RoleMarker>> {
        self.role_for_some((field::MEMBER_ROLE, Field::MemberRole), guild)
    }

    /// A role that can be given, and that not everybody has.
    fn role_for_some(
        &mut self,
        (id, field): (&str, Field),
        guild: Id<GuildMarker>,
    ) -> Option<Id<RoleMarker>> {
        let role = self.fields.role(id)?;
        let everyones = (role.id == guild.cast()).then_some(Problem::EveryonesRole);
        let managed = role.managed.then_some(Problem::ManagedRole);
        self.faults.extend(everyones.or(managed).map(|problem| Fault { field, problem }));
        Some(role.id)
    }

    /// Which Discord roles stand for which roles in the club.
    pub(super) fn role_map(&mut self, guild: Id<GuildMarker>) -> Option<Vec<RoleRule>> {
        let chosen: Vec<_> =
            self.fields.roles(field::CLUB_ROLES).map(|role| (role.id, role.name.as_str())).collect();
        if chosen.iter().any(|(role, _)| *role == guild.cast()) {
            self.faults.push(Fault { field: Field::ClubRoles, problem: Problem::EveryonesRole });
        }
        let parse = |names: &str| role_map::parse(&chosen, names);
        self.read(field::ROLE_NAMES, Field::RoleNames, parse, Problem::RoleLine)
    }

    /// A reason; may be empty.
    pub(super) fn reason(&mut self) -> Option<Description> {
        self.read(field::REASON, Field::Reason, reason, Problem::Name)
    }

    fn read<T, E>(
        &mut self,
        id: &str,
        field: Field,
        parse: impl FnOnce(&str) -> Result<T, E>,
        problem: impl FnOnce(E) -> Problem,
    ) -> Option<T> {
        match parse(self.fields.text(id)) {
            Ok(read) => Some(read),
            Err(error) => {
                self.faults.push(Fault { field, problem: problem(error) });
                None
            }
        }
    }
}

/// A whole number of minutes, with or without its unit.
fn minutes(typed: &str) -> Option<u16> {
    let typed = typed.trim();
    typed.strip_suffix("min").or(typed.strip_suffix('m')).unwrap_or(typed).trim_end().parse().ok()
}

/// A whole number of hours, with or without its unit.
fn hours(typed: &str) -> Option<u16> {
    let typed = typed.trim();
    typed.strip_suffix(['h', 'H']).unwrap_or(typed).trim_end().parse().ok()
}

fn reason(typed: &str) -> Result<Description, NameError> {
    let reason = Description::parse(typed)?;
    match text::length(reason.as_str()) {
        length if length > MAX_REASON => Err(NameError::TooLong { length, max: MAX_REASON }),
        _ => Ok(reason),
    }
}
