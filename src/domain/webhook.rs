//! Webhooks: what a club's site hears of by itself, and how often telling it is tried.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::id::{ClubId, EventId, WebhookId};

/// The most webhooks of a club.
pub const MAX_WEBHOOKS: u64 = 10;

/// For how long a change is told again and again to a site that doesn't take it.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24);
/// For how long a webhook may take nothing before it is switched off.
const FAILS_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);
/// The wait after the first failure, in milliseconds.
const FIRST_WAIT: i64 = 5_000;
/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 3 * 3_600_000;

/// What a site can hear of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
pub enum WebhookKind {
    /// The results of an event. Nothing is told of them before the service has any.
    #[serde(rename = "result.changed")]
    Result,
    /// Somebody's sign-up for an event, or whether a settled team has them.
    #[serde(rename = "signup.changed")]
    Signup,
    /// The teams of an event.
    #[serde(rename = "team.changed")]
    Team,
}

/// What a webhook wants to hear of, each thing once.
pub type WebhookKinds = BTreeSet<WebhookKind>;

impl WebhookKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Result, Self::Signup, Self::Team];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Result => "result.changed",
            Self::Signup => "signup.changed",
            Self::Team => "team.changed",
        }
    }
}

/// A webhook of a club.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Webhook {
    /// The club.
    pub club: ClubId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last took a message.
    pub delivered_at: Option<Timestamp>,
    /// When and why it was switched off, if it was.
    pub disabled: Option<(Timestamp, Disabled)>,
    /// Since when it has taken nothing that it was told.
    pub failing_since: Option<Timestamp>,
    /// Its identifier.
    pub id: WebhookId,
    /// What it wants to hear of.
    pub kinds: WebhookKinds,
    /// Why it didn't take the last message, if it didn't.
    pub last_error: Option<String>,
    /// Where it is told.
    pub url: String,
}

/// Why a webhook was switched off.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disabled {
    /// It took nothing for five days.
    Failing,
    /// The site said that nothing is there any more (410).
    Gone,
    /// What its secret was sealed with is gone.
    Sealed,
}

/// What a site is to be told: that something of an event has changed. What, it reads by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Change {
    /// When it changed last.
    pub at: Timestamp,
    /// The event.
    pub event: EventId,
    /// What of it.
    pub kind: WebhookKind,
    /// Counts these changes, for this webhook.
    pub sequence: u64,
    /// How often telling it has failed.
    pub tries: u32,
}

/// What a site made of a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Received {
    /// It didn't take it, for this reason.
    Failed(String),
    /// Nothing is there any more.
    Gone,
    /// It took it.
    Taken,
}

/// What follows when a message wasn't taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next {
    /// It is given up.
    GiveUp,
    /// It is told again then.
    Retry(Timestamp),
    /// The webhook is switched off.
    SwitchOff,
}

impl Change {
    /// What follows when it wasn't taken by a webhook that has taken nothing since an instant. `fraction`, from 0 to 1, spreads
    /// what would be told all at once.
    #[must_use]
    pub fn next(&self, failing_since: Timestamp, now: Timestamp, fraction: f64) -> Next {
        if now.duration_since(failing_since) >= FAILS_FOR {
            return Next::SwitchOff;
        }
        let wait = wait(self.tries, fraction);
        match now.checked_add(wait) {
            Ok(at) if at.duration_since(self.at) <= TOLD_FOR => Next::Retry(at),
            _ => Next::GiveUp,
        }
    }
}

/// Five seconds after the first failure, three times as long after each further one, up to three hours; a fifth more or less.
fn wait(tries: u32, fraction: f64) -> SignedDuration {
    let wait = FIRST_WAIT.saturating_mul(3_i64.saturating_pow(tries.min(20))).min(LONGEST_WAIT);
    SignedDuration::from_millis(wait).mul_f64(0.8 + 0.4 * fraction.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use uuid::Uuid;

    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    fn change(tries: u32) -> Change {
        let event = EventId::new(Uuid::from_u128(1));
        Change { at: at(0), event, kind: WebhookKind::Team, sequence: 1, tries }
    }

    #[test]
    fn a_kind_has_one_name() {
        for kind in WebhookKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn waits_grow_and_are_spread() {
        let seconds: Vec<i64> = (0..10).map(|tries| wait(tries, 0.5).as_secs()).collect();
        assert_eq!(seconds, [5, 15, 45, 135, 405, 1_215, 3_645, 10_800, 10_800, 10_800]);
        assert_eq!((wait(0, 0.0).as_millis(), wait(0, 1.0).as_millis()), (4_000, 6_000));
        assert_eq!(wait(u32::MAX, 2.0), wait(9, 1.0));
    }

    #[test]
    fn a_change_is_told_for_a_day_and_a_webhook_may_fail_for_five() {
        let (mut now, mut tries) = (at(0), 0);
        while let Next::Retry(next) = change(tries).next(at(0), now, 0.5) {
            assert!(next > now);
            (now, tries) = (next, tries + 1);
        }
        assert!(now > at(20) && now <= at(24), "{now}");
        assert_eq!(change(tries).next(at(0), now, 0.5), Next::GiveUp);
        let later = Change { at: at(119), ..change(3) };
        assert!(matches!(later.next(at(0), at(119), 0.5), Next::Retry(_)));
        assert_eq!(later.next(at(0), at(120), 0.5), Next::SwitchOff);
    }
}
