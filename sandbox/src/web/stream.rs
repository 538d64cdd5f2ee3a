//! Telling open pages that something may look different now.
//!
//! By a socket, of which a browser opens as many as there are pages: of other connections to one host it has six.

use std::time::Duration;

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
};
use tokio::time::sleep;

use super::Shared;
use crate::Discord;

/// What happens together is told together.
const TOGETHER: Duration = Duration::from_millis(80);

/// `GET /changes`: the number of the latest change, whenever there is one. A page that shows an earlier one asks for itself again.
pub(super) async fn changes(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    let (discord, stop) = (shared.site.discord.clone(), shared.stop);
    upgrade.on_upgrade(move |socket| async move {
        // Whoever has gone needs nothing told.
        let _ = stop.run_until_cancelled(tell(socket, discord)).await;
    })
}

async fn tell(mut socket: WebSocket, discord: Discord) -> Option<()> {
    let mut watch = discord.0.records.watch();
    loop {
        let revision = *watch.borrow_and_update();
        socket.send(Message::text(revision.to_string())).await.ok()?;
        tokio::select! {
            changed = watch.changed() => changed.ok()?,
            // Nothing is said on the page's side but that it goes.
            said = socket.recv() => said.map(drop)?,
        }
        sleep(TOGETHER).await;
    }
}
