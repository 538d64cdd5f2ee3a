//! Telling open pages that something may look different now.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::stream::{self, Stream};
use tokio::{sync::watch, time::sleep};
use tokio_util::sync::CancellationToken;

use super::Shared;

/// What happens together is told together.
const TOGETHER: Duration = Duration::from_millis(80);

/// `GET /changes`: the number of the latest change, whenever there is one. A page that shows an earlier one asks for itself again.
pub(super) async fn changes(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let watch = shared.site.discord.0.records.watch();
    let events = stream::unfold((watch, shared.stop, true), |(watch, stop, first)| next(watch, stop, first));
    Sse::new(events).keep_alive(KeepAlive::default())
}

type Told = (Result<Event, Infallible>, (watch::Receiver<u64>, CancellationToken, bool));

/// The next event; nothing once the sandbox ends.
async fn next(mut watch: watch::Receiver<u64>, stop: CancellationToken, first: bool) -> Option<Told> {
    if !first {
        stop.run_until_cancelled(watch.changed()).await?.ok()?;
        stop.run_until_cancelled(sleep(TOGETHER)).await?;
    }
    let revision = *watch.borrow_and_update();
    Some((Ok(Event::default().data(revision.to_string())), (watch, stop, false)))
}
