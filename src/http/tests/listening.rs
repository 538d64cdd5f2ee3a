//! The listener itself, over a real socket.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

use super::stage::Stage;
use crate::http::listen;

async fn exchange(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn connections_are_kept_and_a_stop_ends_them_gently() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(listen::serve(listener, Stage::new().router, stop.clone()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        let answer = exchange(&mut stream, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap(), 0, "the idle connection is closed");
    assert!(TcpStream::connect(address).await.is_err());
}
