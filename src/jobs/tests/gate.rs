//! A door before a real Redis, for a test to shut.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

use crate::base::config::RedisUrl;

/// How the door stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Everything passes.
    Open,
    /// Connections are refused, and the ones there were are broken: the server was stopped.
    Shut,
    /// Connections are taken and nothing is ever answered: the network swallows everything.
    Silent,
}

/// A proxy before the Redis of `TEST_REDIS_URL`.
pub(super) struct Gate {
    address: SocketAddr,
    database: u8,
    door: Arc<watch::Sender<Door>>,
    _listener: AbortOnDropHandle<()>,
}

impl Gate {
    /// `database` keeps the tests apart; each has one of its own, emptied here.
    pub(super) async fn new(database: u8, door: Door) -> Self {
        let mut server = direct(database).await;
        ::redis::cmd("FLUSHDB").query_async::<()>(&mut server).await.unwrap();
        let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = first.local_addr().unwrap();
        let first = (door != Door::Shut).then_some(first);
        let door = Arc::new(watch::Sender::new(door));
        let listener = tokio::spawn(listen(address, first, Arc::clone(&door)));
        Self { address, database, door, _listener: AbortOnDropHandle::new(listener) }
    }

    pub(super) fn set(&self, door: Door) {
        self.door.send_replace(door);
    }

    pub(super) fn url(&self) -> RedisUrl {
        RedisUrl::parse(&format!("redis://{}/{}", self.address, self.database)).unwrap()
    }

    /// A connection that the door does not stand before.
    pub(super) async fn direct(&self) -> ::redis::aio::MultiplexedConnection {
        direct(self.database).await
    }
}

fn server() -> String {
    let url = std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| {
        panic!("TEST_REDIS_URL is not set: run the tests with ./.ci/test, which starts a Redis")
    });
    url.trim_end_matches('/').to_owned()
}

async fn direct(database: u8) -> ::redis::aio::MultiplexedConnection {
    let client = ::redis::Client::open(format!("{}/{database}", server())).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

async fn listen(address: SocketAddr, mut first: Option<TcpListener>, door: Arc<watch::Sender<Door>>) {
    let mut changes = door.subscribe();
    loop {
        let now = *changes.borrow_and_update();
        if now == Door::Shut {
            changes.changed().await.unwrap();
            continue;
        }
        let listener = first.take().unwrap_or_else(|| listener(address));
        loop {
            tokio::select! {
                _ = changes.changed() => break,
                taken = listener.accept() => {
                    tokio::spawn(carry(taken.unwrap().0, door.subscribe(), now));
                }
            }
        }
    }
}

fn listener(address: SocketAddr) -> TcpListener {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket.listen(64).unwrap()
}

/// Carries one connection until the door changes.
async fn carry(mut client: TcpStream, mut changes: watch::Receiver<Door>, door: Door) {
    let authority = server().trim_start_matches("redis://").to_owned();
    let pass = async {
        if door == Door::Silent {
            std::future::pending::<()>().await;
        }
        let mut server = TcpStream::connect(authority).await.unwrap();
        let _ = copy_bidirectional(&mut client, &mut server).await;
    };
    tokio::select! {
        () = pass => {}
        _ = changes.wait_for(|now| *now != door) => {}
    }
}
