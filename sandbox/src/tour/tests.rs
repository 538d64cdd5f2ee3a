#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use anstream::StripStream;
use insta::assert_snapshot;

use super::*;

async fn told(stop: CancellationToken) -> (String, Told) {
    let mut out = StripStream::new(Vec::new());
    let options = Options { width: 100, ..Options::default() };
    let told = run(&options, &mut out, stop).await.unwrap();
    (String::from_utf8(out.into_inner()).unwrap(), told)
}

#[tokio::test]
async fn the_tour_runs_to_its_end() {
    let (text, told) = told(CancellationToken::new()).await;
    // The last line says how long it took.
    assert_snapshot!(
        text.lines().take_while(|line| !line.starts_with("The clock ran")).collect::<Vec<_>>().join("\n")
    );
    assert_eq!(told.outcome, Outcome::Fine);
    let svg = told.svg();
    assert!(svg.starts_with("<svg") && svg.contains("Race voice is open"), "{svg}");
}

#[tokio::test]
async fn it_can_be_stopped_on_the_way() {
    let stop = CancellationToken::new();
    stop.cancel();
    let (text, told) = told(stop).await;
    assert_eq!(told.outcome, Outcome::Interrupted);
    assert!(text.contains("Stopped on the way"), "{text}");
}

#[tokio::test]
async fn what_is_off_is_named() {
    let stage = Stage::start(story::BEGINS).await.unwrap();
    let mut out = StripStream::new(Vec::new());
    let mut teller = Teller::new(&stage, Page::new(&mut out, 100), Duration::ZERO);
    teller.starts().await.unwrap();
    teller.check("the grid is full", false).unwrap();
    let lena = &stage.cast.lena;
    let stuck = teller.types(lena, lena.slash("pit crew"), "/pit crew").await.map(drop);
    let outcome = teller.end(stuck).await.unwrap();
    drop(teller);
    stage.end().await.unwrap();
    assert_eq!(outcome, Outcome::Off);
    let text = String::from_utf8(out.into_inner()).unwrap();
    for line in ["✗ Not so: the grid is full.", "✗ there is no command /pit; there are: "] {
        assert_eq!(text.matches(line).count(), 2, "said at once and at the end: {line}\n{text}");
    }
}
