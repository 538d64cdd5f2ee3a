//! Events as programs describe them.

use jiff::Timestamp;
use serde::Deserialize;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker},
};
use url::Url;
use utoipa::ToSchema;

use super::{
    super::{fields::Fields, problem::Problem},
    classes::{ClassBody, role_list},
};
use crate::{
    domain::{
        class_list::Capacity,
        duration::RaceLength,
        id::SeriesId,
        name::{EventName, ExternalId, Requirements, TrackName},
        patch::Patch,
        terms::Cutoff,
    },
    service::{
        edit::{EventChange, EventDraft, TermsChange},
        event::Signups,
    },
};

/// The longest address, in bytes.
const LONGEST_URL: usize = 500;

/// An event to be made. What is null is as if it weren’t there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventBody {
    /// Its classes, 1 to 10; without them, one without a name or limit.
    #[schema(max_items = 10)]
    classes: Option<Vec<ClassBody>>,
    /// Whether it has a channel on Discord; else as the club chose. One that stands is kept.
    create_channel: Option<bool>,
    /// What it is about: at most 1,000 characters.
    #[schema(max_length = 1000)]
    description: Option<String>,
    /// What your site calls it: 1 to 100 characters. Sent again, it is the same event.
    #[schema(example = "race-12", min_length = 1, max_length = 100)]
    external_id: Option<String>,
    /// How long the race is.
    #[schema(example = 1440, minimum = 10, maximum = 10_080)]
    length_minutes: u64,
    /// Its name: 1 to 80 characters.
    #[schema(example = "Spa 24 Hours", min_length = 1, max_length = 80)]
    name: String,
    /// The series that it is in.
    #[schema(value_type = Option<uuid::Uuid>)]
    series_id: Option<SeriesId>,
    /// Where people sign up on your site: an https address.
    #[schema(example = "https://club.example/races/12", max_length = 500)]
    signup_url: Option<String>,
    /// When the race starts (RFC 3339): ahead, by two years at most.
    #[schema(example = "2026-12-05T14:00:00Z", format = DateTime)]
    start: String,
    /// Whether people may sign up; at first they may.
    state: Option<SignupsState>,
    /// The terms of its sign-up sheet.
    terms: Option<TermsBody>,
    /// Where it is raced: 1 to 50 characters.
    #[schema(example = "Spa-Francorchamps", min_length = 1, max_length = 50)]
    track: Option<String>,
}

/// What is to be changed of an event. What isn’t there stays as it is; null takes away what an event may be without, and else stays too.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventPatch {
    /// All its classes, 1 to 10. One that keeps its `id` or its name keeps its people; one with people in it can’t go.
    #[schema(max_items = 10)]
    classes: Option<Vec<ClassBody>>,
    /// `true` gives it a channel on Discord. One that stands is kept.
    create_channel: Option<bool>,
    /// What it is about: at most 1,000 characters.
    #[schema(max_length = 1000)]
    description: Option<String>,
    /// What your site calls it: 1 to 100 characters.
    #[schema(value_type = Option<String>, example = "race-12", min_length = 1, max_length = 100)]
    #[serde(default)]
    external_id: Patch<String>,
    /// How long the race is.
    #[schema(example = 1440, minimum = 10, maximum = 10_080)]
    length_minutes: Option<u64>,
    /// Its name: 1 to 80 characters.
    #[schema(example = "Spa 24 Hours", min_length = 1, max_length = 80)]
    name: Option<String>,
    /// The series that it is in. Its channel goes along.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    series_id: Patch<SeriesId>,
    /// Where people sign up on your site: an https address.
    #[schema(value_type = Option<String>, example = "https://club.example/races/12", max_length = 500)]
    #[serde(default)]
    signup_url: Patch<String>,
    /// When the race starts (RFC 3339): ahead, by two years at most.
    #[schema(example = "2026-12-05T14:00:00Z", format = DateTime)]
    start: Option<String>,
    /// Whether people may sign up.
    state: Option<SignupsState>,
    /// The terms of its sign-up sheet.
    terms: Option<TermsBody>,
    /// Where it is raced: 1 to 50 characters.
    #[schema(value_type = Option<String>, example = "Spa-Francorchamps", min_length = 1, max_length = 50)]
    #[serde(default)]
    track: Patch<String>,
}

/// Whether people may sign up.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SignupsState {
    /// Nobody may sign up any more.
    Closed,
    /// People may sign up.
    Open,
}

/// The terms of a sign-up sheet. What isn’t there stays as it is; null takes a limit, a minimum or requirements away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TermsPatch)]
struct TermsBody {
    /// How many minutes before the start sign-ups close.
    #[schema(minimum = 0, maximum = 20_160)]
    cutoff_minutes: Option<u32>,
    /// How many may be in altogether, whatever their class.
    #[schema(value_type = Option<u64>, minimum = 1, maximum = 500)]
    #[serde(default)]
    limit: Patch<u64>,
    /// How many entries the race needs.
    #[schema(value_type = Option<u64>, minimum = 1, maximum = 500)]
    #[serde(default)]
    minimum: Patch<u64>,
    /// What people need, in words: 1 to 300 characters.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300)]
    #[serde(default)]
    requirements: Patch<String>,
    /// Discord roles of which one is needed to sign up there, at most 10; none lets everybody.
    #[schema(max_items = 10)]
    roles: Option<Vec<String>>,
}

impl EventBody {
    /// The event, for a club that is bound to that server.
    ///
    /// # Errors
    ///
    /// When values can't be taken.
    pub(super) fn read(self, guild: Option<Id<GuildMarker>>) -> Result<EventDraft, Problem> {
        let wants_channel = self.create_channel;
        let patch = EventPatch {
            classes: self.classes,
            create_channel: None,
            description: self.description,
            external_id: Patch::set(self.external_id),
            length_minutes: Some(self.length_minutes),
            name: Some(self.name),
            series_id: Patch::set(self.series_id),
            signup_url: Patch::set(self.signup_url),
            start: Some(self.start),
            state: self.state,
            terms: self.terms,
            track: Patch::set(self.track),
        };
        let mut rest = patch.read(guild)?;
        let needed = rest.length.take().zip(rest.name.take()).zip(rest.start.take());
        let draft =
            needed.map(|((length, name), start)| EventDraft { length, name, rest, start, wants_channel });
        Fields::default().finish(draft)
    }
}

impl EventPatch {
    /// What is changed of an event, for a club that is bound to that server.
    ///
    /// # Errors
    ///
    /// When values can't be taken.
    pub(super) fn read(self, guild: Option<Id<GuildMarker>>) -> Result<EventChange, Problem> {
        let mut fields = Fields::default();
        let classes = self.classes.and_then(|classes| ClassBody::read_all(classes, &mut fields, guild));
        let description = self.description.and_then(|text| fields.take("/description", text.parse()));
        let external_id = text::<ExternalId>(&mut fields, "/external_id", self.external_id);
        let length = self
            .length_minutes
            .and_then(|minutes| fields.take("/length_minutes", RaceLength::from_minutes(minutes)));
        let name: Option<EventName> = self.name.and_then(|name| fields.take("/name", name.parse()));
        let signup_url = self.signup_url.read(|typed| fields.take("/signup_url", address(&typed)));
        let start = self.start.and_then(|typed| fields.take("/start", instant(&typed)));
        let terms = self.terms.unwrap_or_default().read(&mut fields, guild);
        let track = text::<TrackName>(&mut fields, "/track", self.track);
        fields.finish(Some(EventChange {
            classes,
            description,
            external_id,
            length,
            name,
            series: self.series_id,
            signup_url: signup_url.unwrap_or_default(),
            signups: self.state.map(|state| match state {
                SignupsState::Closed => Signups::Close,
                SignupsState::Open => Signups::Open,
            }),
            start,
            terms,
            track,
            wants_channel: self.create_channel == Some(true),
        }))
    }
}

impl TermsBody {
    fn read(self, fields: &mut Fields, guild: Option<Id<GuildMarker>>) -> TermsChange {
        let cutoff = self
            .cutoff_minutes
            .and_then(|minutes| fields.take("/terms/cutoff_minutes", Cutoff::minutes(minutes)));
        let mut places = |at: &str, number: Patch<u64>| {
            number.read(|number| fields.take(at, Capacity::new(number))).unwrap_or_default()
        };
        let limit = places("/terms/limit", self.limit);
        let minimum = places("/terms/minimum", self.minimum);
        let requirements = text::<Requirements>(fields, "/terms/requirements", self.requirements);
        let roles: Option<Vec<Id<RoleMarker>>> =
            self.roles.map(|roles| role_list(fields, "/terms/roles", &roles, guild));
        TermsChange { cutoff, limit, minimum, requirements, roles }
    }
}

/// A text that an event may be without; kept where it can't be read.
fn text<T>(fields: &mut Fields, at: &str, typed: Patch<String>) -> Patch<T>
where
    T: std::str::FromStr<Err = crate::domain::name::NameError>,
{
    typed.read(|typed| fields.take(at, typed.parse())).unwrap_or_default()
}

fn instant(typed: &str) -> Result<Timestamp, String> {
    typed.parse().map_err(|_| "It’s no instant. Send one as 2026-12-05T14:00:00Z.".to_owned())
}

/// An address that a button may lead to.
fn address(typed: &str) -> Result<String, String> {
    let wrong = || "It’s no https address. Send one as https://club.example/races/12.".to_owned();
    let url = Url::parse(typed).map_err(|_| wrong())?;
    if url.scheme() != "https" || url.host_str().is_none_or(str::is_empty) || !url.username().is_empty() {
        return Err(wrong());
    }
    let url = String::from(url);
    if url.len() > LONGEST_URL {
        return Err(format!("It’s {} bytes long, {LONGEST_URL} at most.", url.len()));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn only_https_addresses_are_taken() {
        assert_eq!(address("https://Club.example/a b").unwrap(), "https://club.example/a%20b");
        let long = format!("https://club.example/{}", "x".repeat(500));
        for bad in [
            "http://club.example",
            "javascript:alert(1)",
            "club.example",
            "",
            "https://",
            "https://me@x.example",
            &long,
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
