//! A Redis of a test's own, which it may empty, stop and start again.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::Duration,
};

/// A Redis on a free port of this machine, which keeps nothing on disk.
pub(crate) struct RedisServer {
    port: u16,
    process: Mutex<Option<Child>>,
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl RedisServer {
    pub(crate) async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { port, process: Mutex::new(None) };
        server.start_again().await;
        server
    }

    /// Starts it on the same port, empty.
    pub(crate) async fn start_again(&self) {
        let port = self.port.to_string();
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap_or_else(|error| {
            panic!(
                "redis-server can't be started ({error}): run the tests with ./.ci/test, which installs it"
            )
        });
        *self.process.lock().unwrap() = Some(child);
        for _ in 0..500 {
            if self.connect().await.is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("redis-server does not answer on port {port}");
    }

    /// Kills it with everything in it.
    pub(crate) fn stop(&self) {
        if let Some(mut child) = self.process.lock().unwrap().take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Forgets everything in it.
    pub(crate) async fn flush_all(&self) {
        let mut connection = self.connect().await.unwrap();
        redis::cmd("FLUSHALL").query_async::<()>(&mut connection).await.unwrap();
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    async fn connect(&self) -> Option<redis::aio::MultiplexedConnection> {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.ok()?;
        redis::cmd("PING").query_async::<String>(&mut connection).await.ok()?;
        Some(connection)
    }
}
