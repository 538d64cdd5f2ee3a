//! Late answers: sent with the interaction's own token, while it lives.

use std::time::Duration;

use twilight_model::id::{Id, marker::ApplicationMarker};
use uuid::Uuid;

use crate::{
    base::clock::Clock,
    discord::{Class, Discord, Error, Gone, Upload},
    service::{Service, desk::FollowUpKind},
    store::{
        Store, StoreError, follow_ups,
        follow_ups::{FollowUp, OwedFile},
    },
};

/// How long one worker has an answer to itself: longer than a call may take.
const CLAIM: Duration = Duration::from_secs(30);
/// Discord knows no token before it has read the first answer, which may take longer than writing the late one.
const TRIES_WHILE_UNKNOWN: u32 = 4;
/// The longest wait between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Sends late answers.
#[derive(Clone)]
pub struct FollowUps {
    application: Id<ApplicationMarker>,
    clock: Clock,
    discord: Discord,
    service: Service,
    store: Store,
}

/// What [`FollowUps::new`] is given.
pub struct FollowUpParts {
    /// Whose interactions are answered.
    pub application: Id<ApplicationMarker>,
    /// The domain's clock.
    pub clock: Clock,
    /// Where answers are sent.
    pub discord: Discord,
    /// Opens the sealed tokens.
    pub service: Service,
    /// Where answers wait.
    pub store: Store,
}

/// What became of a late answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Delivered {
    /// It is to be tried again after this long.
    Later(Duration),
    /// It was sent, or can't be; nothing is left to do. Also when another worker has it.
    Over,
}

impl FollowUps {
    /// A sender of late answers.
    #[must_use]
    pub fn new(parts: FollowUpParts) -> Self {
        let FollowUpParts { application, clock, discord, service, store } = parts;
        Self { application, clock, discord, service, store }
    }

    /// Sends one late answer.
    ///
    /// # Errors
    ///
    /// When the database fails. The answer is sent by the next sweep then.
    pub async fn deliver(&self, id: Uuid) -> Result<Delivered, StoreError> {
        let Some(owed) = follow_ups::claim(&self.store, id, CLAIM, self.clock.now()).await? else {
            return Ok(Delivered::Over);
        };
        let files = follow_ups::files(&self.store, id).await?;
        match self.send(&owed, files).await {
            Attempt::Sent => {
                follow_ups::delete(&self.store, id).await?;
                Ok(Delivered::Over)
            }
            Attempt::Hopeless(why) => {
                tracing::error!(error = why, tries = owed.tries, "a late answer can't be delivered");
                follow_ups::delete(&self.store, id).await?;
                Ok(Delivered::Over)
            }
            Attempt::Failed { why, wait } => {
                tracing::warn!(error = why, tries = owed.tries, "a late answer is tried again");
                // The ring for it must not come too early.
                follow_ups::failed(&self.store, id, &why, wait.mul_f64(0.9)).await?;
                Ok(Delivered::Later(wait))
            }
        }
    }

    async fn send(&self, owed: &FollowUp, files: Vec<OwedFile>) -> Attempt {
        let token = match self.service.open_token(owed) {
            Ok(token) => token,
            Err(error) => return Attempt::Hopeless(error.to_string()),
        };
        let sent = match owed.kind {
            FollowUpKind::Original if files.is_empty() => {
                self.discord.edit_original(self.application, &token, &owed.body).await
            }
            FollowUpKind::Original => {
                let files = files.into_iter().map(|file| Upload { content: file.content, name: file.name });
                let files: Vec<Upload> = files.collect();
                self.discord.edit_original_with_files(self.application, &token, &owed.body, &files).await
            }
            FollowUpKind::Message => {
                self.discord.follow_up(self.application, &token, &owed.body).await.map(drop)
            }
        };
        match sent {
            Ok(()) => Attempt::Sent,
            Err(error) => self.judge(&error, owed.tries),
        }
    }

    fn judge(&self, error: &Error, tries: u32) -> Attempt {
        let why = error.to_string();
        let wait = match error.class() {
            Class::RetryAt(at) => at.duration_since(self.clock.now()).try_into().unwrap_or_default(),
            Class::Gone(Gone::Webhook | Gone::Interaction | Gone::Message) if tries < TRIES_WHILE_UNKNOWN => {
                backoff(tries)
            }
            Class::Broken if !error.status().is_some_and(|status| (400..500).contains(&status)) => {
                backoff(tries)
            }
            Class::Broken | Class::Forbidden | Class::Full(_) | Class::Gone(_) => {
                return Attempt::Hopeless(why);
            }
        };
        Attempt::Failed { why, wait: wait.clamp(backoff(1), LONGEST_WAIT) }
    }
}

enum Attempt {
    Failed { why: String, wait: Duration },
    Hopeless(String),
    Sent,
}

/// Half a second after the first attempt, twice as long after each further one.
fn backoff(tries: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(tries.saturating_sub(1).min(10));
    (Duration::from_millis(500) * doubled).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_get_rarer_up_to_a_bound() {
        let waits: Vec<u128> = (0..9).map(|tries| backoff(tries).as_millis()).collect();
        assert_eq!(waits, [500, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
        assert_eq!(backoff(u32::MAX), LONGEST_WAIT);
    }
}
