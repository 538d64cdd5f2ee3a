//! How a worker asks Redis for work.

use std::task::{Context, Poll};
use std::time::Duration;

use apalis::prelude::{PollSnapshot, PollStrategy};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// How long a wake may wait for an idle worker to ask.
const EVERY: Duration = Duration::from_millis(200);

/// Asks at even intervals.
///
/// apalis's own interval makes its next timer without polling it, so the worker's waker may be registered nowhere
/// until the next heartbeat. This one polls its timer until it is pending, which always leaves the waker with it.
#[derive(Debug)]
pub(super) struct Ticker(Interval);

impl Ticker {
    pub(super) fn new() -> Self {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(ticks)
    }
}

impl PollStrategy for Ticker {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        let mut ticked = Poll::Pending;
        while self.0.poll_tick(cx).is_ready() {
            ticked = Poll::Ready(Some(()));
        }
        ticked
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Wake, Waker};

    use super::*;

    #[derive(Default)]
    struct Counted(AtomicUsize);

    impl Wake for Counted {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[tokio::test]
    async fn every_poll_leaves_a_waker_for_the_next_tick() {
        let counted = Arc::new(Counted::default());
        let waker = Waker::from(Arc::clone(&counted));
        let mut cx = Context::from_waker(&waker);
        let mut ticker = Ticker::new();
        for round in 1..=5 {
            // Ready or not, one poll is enough to be woken again.
            let _ = ticker.poll_drive(&mut cx, &PollSnapshot::new());
            tokio::time::sleep(EVERY + Duration::from_millis(150)).await;
            assert_eq!(counted.0.load(Ordering::Relaxed), round);
        }
    }
}
