//! What a thread may be made of. See Discord Docs/Resources/Channel, Start Thread without Message.

use serde_json::{Map, Value};

use super::{channel::channel_name, form::Form};
use crate::{
    model::ChannelKind,
    rest::{ApiError, FormErrors},
};

/// Minutes of quiet after which a thread may archive itself.
const AUTO_ARCHIVE: [u64; 4] = [60, 1_440, 4_320, 10_080];
/// What they are where nothing was said.
const AUTO_ARCHIVE_DEFAULT: u64 = 4_320;
/// Discord's number of a thread in an announcement channel.
const ANNOUNCEMENT: u64 = 10;

/// What a create of a thread asks for.
#[derive(Clone, Debug)]
pub(crate) struct ThreadForm {
    pub(crate) kind: ChannelKind,
    pub(crate) name: String,
    pub(crate) invitable: bool,
    pub(crate) auto_archive_minutes: u64,
    pub(crate) rate_limit_per_user: u64,
}

impl ThreadForm {
    /// A thread of which nothing else was said.
    pub(crate) fn named(name: &str, kind: ChannelKind) -> Self {
        Self {
            kind,
            name: channel_name(name, kind),
            invitable: true,
            auto_archive_minutes: AUTO_ARCHIVE_DEFAULT,
            rate_limit_per_user: 0,
        }
    }

    /// Reads the body of a create without a message.
    pub(crate) fn read(body: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        let kind = kind(&mut form);
        let name = form.required_text("name", 1, 100).unwrap_or_default();
        let read = Self {
            invitable: form.boolean("invitable").unwrap_or(true),
            auto_archive_minutes: auto_archive(&mut form).unwrap_or(AUTO_ARCHIVE_DEFAULT),
            rate_limit_per_user: form.number("rate_limit_per_user", 0, 21_600).unwrap_or_default(),
            ..Self::named(name, kind.unwrap_or(ChannelKind::PrivateThread))
        };
        if read.name.is_empty() && !name.is_empty() {
            form.refuse("name", "BASE_TYPE_REQUIRED", "This field is required");
        }
        errors.finish()?;
        kind.map(|_| read).ok_or_else(ApiError::wrong_channel_type)
    }
}

/// The kind asked for, which is a private thread where nothing is said; nothing of a kind that text channels don't have.
fn kind(form: &mut Form<'_, '_>) -> Option<ChannelKind> {
    match form.number("type", 0, u64::MAX) {
        None | Some(12) => Some(ChannelKind::PrivateThread),
        Some(11) => Some(ChannelKind::PublicThread),
        Some(ANNOUNCEMENT) => None,
        Some(_) => {
            form.refuse("type", "BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.");
            None
        }
    }
}

/// Minutes of quiet before a thread archives itself.
pub(super) fn auto_archive(form: &mut Form<'_, '_>) -> Option<u64> {
    let minutes = form.number("auto_archive_duration", 0, u64::MAX)?;
    if !AUTO_ARCHIVE.contains(&minutes) {
        let message = "Value must be one of {60, 1440, 4320, 10080}.";
        form.refuse("auto_archive_duration", "BASE_TYPE_CHOICES", message);
    }
    Some(minutes)
}
