//! Turns: what asks for the same answer at the same time waits for the first.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::desk::AnswerKey;

/// Whose turn it is, by key.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<AnswerKey, Arc<AsyncMutex<()>>>>);

/// A turn; the next begins when it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'t> {
    guard: Option<OwnedMutexGuard<()>>,
    key: AnswerKey,
    turns: &'t Turns,
}

impl Turns {
    /// Waits until nobody else has a turn with that key.
    pub(super) async fn take(&self, key: AnswerKey) -> Turn<'_> {
        let queue = Arc::clone(self.queues().entry(key.clone()).or_default());
        let guard = queue.lock_owned().await;
        Turn { guard: Some(guard), key, turns: self }
    }

    fn queues(&self) -> std::sync::MutexGuard<'_, HashMap<AnswerKey, Arc<AsyncMutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queues = self.turns.queues();
        drop(self.guard.take());
        // One owner is the map itself: nobody waits any more, and nobody can begin to while the map is locked.
        if queues.get(&self.key).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            queues.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use futures::FutureExt;
    use twilight_model::id::Id;

    use super::*;

    #[tokio::test]
    async fn one_at_a_time_by_key_and_nothing_is_left_behind() {
        let turns = Turns::default();
        let (one, two) = (AnswerKey::of_interaction(Id::new(1)), AnswerKey::of_interaction(Id::new(2)));
        let first = turns.take(one.clone()).await;
        assert!(turns.take(two.clone()).now_or_never().is_some());
        let mut second = Box::pin(turns.take(one.clone()));
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        drop(second.await);
        assert!(turns.queues().is_empty());
    }
}
