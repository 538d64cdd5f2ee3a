//! Which calls.

use std::{fmt, sync::Arc};

use crate::{Call, Snowflake};

type Condition = Arc<dyn Fn(&Call) -> bool + Send + Sync>;

/// Which calls are meant.
#[derive(Clone, Default)]
pub struct Match {
    route: Option<String>,
    guild: Option<Snowflake>,
    condition: Option<Condition>,
    pub(super) nth: Option<u32>,
}

impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Match")
            .field("route", &self.route)
            .field("guild", &self.guild)
            .field("nth", &self.nth)
            .finish_non_exhaustive()
    }
}

impl Match {
    /// Every call.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// Calls of this route: its method and template, such as `POST /guilds/{guild_id}/channels`.
    #[must_use]
    pub fn route(route: &str) -> Self {
        Self { route: Some(route.to_owned()), ..Self::default() }
    }

    /// Of those, only the calls about this guild.
    #[must_use]
    pub fn in_guild(self, guild: Snowflake) -> Self {
        Self { guild: Some(guild), ..self }
    }

    /// Of those, only the calls that fulfil a condition.
    #[must_use]
    pub fn when(self, condition: impl Fn(&Call) -> bool + Send + Sync + 'static) -> Self {
        Self { condition: Some(Arc::new(condition)), ..self }
    }

    /// Of those, the one with this number, the first being 1.
    #[must_use]
    pub fn nth(self, nth: u32) -> Self {
        Self { nth: Some(nth.max(1)), ..self }
    }

    /// The route that is meant, if it is one alone.
    pub(crate) fn route_name(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// Whether a call is meant, whatever its number.
    pub(super) fn fits(&self, call: &Call) -> bool {
        self.route.as_ref().is_none_or(|route| *route == call.route)
            && self.guild.is_none_or(|guild| call.guild == Some(guild))
            && self.condition.as_ref().is_none_or(|condition| condition(call))
    }
}
