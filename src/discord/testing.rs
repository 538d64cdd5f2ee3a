//! A server on this machine that answers as it is told, badly where wanted, and keeps what it was asked.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{HashMap, VecDeque},
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::base::clock::Clock;

use super::{Discord, Setup, Timings, client};

/// The token that every request of these tests bears.
pub(super) const TOKEN: &str = "MTIz.secret.token";

/// How many bytes a flood has.
const FLOOD: usize = 200 * 1024 * 1024;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// A whole answer.
    Whole(u16, Vec<(&'static str, String)>, String),
    /// Headers of a success and half a body.
    CutShort,
    /// The connection is closed without a word.
    Drop,
    /// Headers of a success that promise so many bytes, and these.
    Promise(usize, String),
    /// A success without a length, and 200 MB if anybody wants them.
    Flood,
    /// Nothing, for longer than any deadline.
    Hang,
    /// Another one, after a while.
    Slow(Duration, Box<Reply>),
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::Whole(status, Vec::new(), body.to_string())
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Whole(_, headers, _) = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Method, path and query.
    pub(super) line: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: Value,
}

/// The server. It answers from its script, in order, and then repeats the last answer.
#[derive(Clone)]
pub(super) struct Server {
    url: String,
    /// How many bytes of a flood went out.
    flooded: Arc<AtomicUsize>,
    script: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(super) async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            flooded: Arc::default(),
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            seen: Arc::default(),
        };
        tokio::spawn({
            let server = server.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(server.clone().serve(stream));
                }
            }
        });
        server
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn flooded(&self) -> usize {
        self.flooded.load(Ordering::SeqCst)
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }

    async fn serve(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let seen = read(&mut stream).await;
        self.seen.lock().unwrap().push(seen);
        let reply = {
            let mut script = self.script.lock().unwrap();
            if script.len() > 1 { script.pop_front().unwrap() } else { script[0].clone() }
        };
        let reply = match reply {
            Reply::Slow(wait, reply) => {
                tokio::time::sleep(wait).await;
                *reply
            }
            reply => reply,
        };
        let text = match reply {
            Reply::Whole(status, headers, body) => {
                let mut text =
                    format!("HTTP/1.1 {status} .\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    write!(text, "{name}: {value}\r\n").unwrap();
                }
                text + "\r\n" + &body
            }
            Reply::CutShort => "HTTP/1.1 200 .\r\ncontent-length: 100\r\n\r\n{\"id\":".to_owned(),
            Reply::Promise(length, body) => {
                format!("HTTP/1.1 200 .\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
            }
            Reply::Flood => return self.flood(stream).await,
            Reply::Drop | Reply::Slow(..) => return,
            Reply::Hang => return tokio::time::sleep(Duration::from_secs(60)).await,
        };
        stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Sends until nobody listens any more.
    async fn flood(&self, mut stream: BufReader<TcpStream>) {
        let block = [b'x'; 64 * 1024];
        let mut sent = stream.write_all(b"HTTP/1.1 200 .\r\nconnection: close\r\n\r\n").await;
        while sent.is_ok() && self.flooded() < FLOOD {
            sent = stream.write_all(&block).await;
            self.flooded.fetch_add(block.len(), Ordering::SeqCst);
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Seen {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let headers: HashMap<_, _> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    Seen {
        line: lines[0].trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

/// Installs a TLS provider, unless another test of this process has.
pub(super) fn tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A manual clock that stands at a round instant.
pub(super) fn clock() -> Clock {
    Clock::manual("2026-12-05T14:00:00Z".parse::<Timestamp>().unwrap())
}

/// A [`Discord`] that talks to `server`.
pub(super) fn discord(server: &Server, clock: &Clock, call: Duration) -> Discord {
    at(&server.url, clock, call)
}

/// A [`Discord`] that reaches nobody, for what must not call it.
pub(crate) fn unreachable() -> Discord {
    at("http://127.0.0.1:1", &clock(), Duration::from_secs(1))
}

/// A [`Discord`] that talks to an address.
pub(super) fn at(url: &str, clock: &Clock, call: Duration) -> Discord {
    tls();
    Discord::new(Setup {
        base: url.parse().unwrap(),
        clock: clock.clone(),
        homepage: "https://club.example/".parse().unwrap(),
        http: client().unwrap(),
        timings: Timings { call },
        token: SecretString::from(TOKEN),
    })
    .unwrap()
}
