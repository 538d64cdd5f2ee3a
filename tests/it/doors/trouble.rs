//! What goes wrong on the way: with the person, the browser, Discord, or us.

use std::time::Duration;

use sandbox::{Fault, FaultId, FaultKind, Match, Moment, Times};

use crate::world::{Pair, Setting, World, timings};

const TOKEN: &str = "POST /oauth2/token";
const ME: &str = "GET /users/@me";

fn inject(world: &World, route: &str, kind: FaultKind) -> FaultId {
    world.discord.faults().inject(Fault { on: Match::route(route), times: Times::Once, kind })
}

#[tokio::test]
async fn whoever_cancels_may_change_their_mind() {
    let world = World::new(Pair::Sqlite).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install").await;
    let back = browser.cancel(&authorize, &nora).await;
    let page = browser.open(&back).await;
    page.says(200, "Cancelled", &["isn’t added", "Not done"]);
    assert!(world.known(&home).await.is_none());
    let back = browser.agree(&page.link("Try again"), &nora, (Some(&home), &[])).await;
    browser.open(&back).await.says(200, "Simlane is in your server", &[]);
    let link = browser.to_discord("/link").await;
    let page = browser.open(&browser.cancel(&link, &nora).await).await;
    page.says(200, "Cancelled", &["isn’t linked"]);
    assert!(page.link("Back to Discord").ends_with("/channels/@me"));
    world.end().await;
}

#[tokio::test]
async fn a_state_is_of_use_once_in_time_and_in_its_browser() {
    let world = World::new(Pair::Sqlite).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let way = async || {
        let authorize = browser.to_discord("/install").await;
        browser.agree(&authorize, &nora, (Some(&home), &[])).await
    };
    let back = way().await;
    world.browser().open(&back).await.says(403, "Begun in another browser", &[]);
    let other = world.browser();
    other.to_discord("/install").await;
    other.open(&back).await.says(403, "Begun in another browser", &[]);
    browser.open(&back).await.says(200, "Simlane is in your server", &[]);
    let again = browser.open(&back).await;
    again.says(410, "This page was opened before", &["no harm"]);
    let begun = again.link("Begin again");
    browser.through(&begun, &nora, Some(&home)).await.says(200, "Simlane is in your server", &[]);
    let back = way().await;
    world.advance(Duration::from_secs(600)).await;
    browser.open(&back).await.says(410, "That took too long", &[]);
    world.end().await;
}

#[tokio::test]
async fn garbage_leads_nowhere_and_costs_nothing() {
    let world = World::new(Pair::Sqlite).await;
    let (browser, mark) = (world.browser(), world.discord.mark());
    browser.to_discord("/install").await;
    for query in [
        "",
        "?code=x",
        "?state=",
        "?state=zz&code=x",
        "?state=00ff&code=x",
        "?state=a&state=b&code=x",
        "?error=access_denied",
        "?state=%F0%9F%A6%89&code=%00",
        &format!("?state={}&code=x", "ab".repeat(3_000)),
    ] {
        browser.open(&format!("/oauth/callback{query}")).await.says(400, "Nothing to finish here", &[]);
    }
    browser.open("/install?server=owl").await.says(400, "That link isn’t complete", &[]);
    browser.open("/install?club=a&club=b").await.says(400, "That link isn’t complete", &[]);
    for ticket in ["", "zz", "00"] {
        browser.open(&format!("/link?ticket={ticket}")).await.says(410, "That button is over", &["/link"]);
    }
    assert!(world.routes_since(mark).is_empty(), "nobody was asked");
    world.end().await;
}

#[tokio::test]
async fn an_error_of_the_authorize_page_is_told() {
    let world = World::new(Pair::Sqlite).await;
    let (_, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install").await;
    let cancelled = browser.cancel(&authorize, &nora).await;
    let error = cancelled.replace("access_denied", "server_error%0A");
    browser.open(&error).await.says(502, "Discord didn’t finish this", &["Try again", "Reference"]);
    let both = format!("{cancelled}&code=x");
    browser.open(&both).await.says(200, "Cancelled", &[]);
    world.end().await;
}

/// A code that is made up: Discord doesn't know it.
#[tokio::test]
async fn a_code_that_discord_doesnt_know_can_be_tried_again() {
    let world = World::new(Pair::Sqlite).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install").await;
    let back = browser.agree(&authorize, &nora, (Some(&home), &[])).await;
    let page = browser.open(&back.replace("code=", "code=0")).await;
    page.says(400, "Discord didn’t finish this", &["took too long"]);
    let back = browser.agree(&page.link("Try again"), &nora, (Some(&home), &[])).await;
    browser.open(&back).await.says(200, "Simlane is in your server", &[]);
    world.end().await;
}

#[tokio::test]
async fn whatever_becomes_of_discords_answers_one_can_try_again() {
    let call = Duration::from_millis(700);
    let setting = Setting { timings: simlane::app::Timings { call, ..timings() }, ..Setting::default() };
    let world = World::with(Pair::Sqlite, setting).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let hang = |before_effect| FaultKind::Hang { before_effect, lasting: Duration::from_secs(3_600) };
    let (away, broken) = ("isn’t answering", "wasn’t complete");
    for (route, kind, told) in [
        (TOKEN, FaultKind::Status { status: 500, code: 0 }, away),
        (TOKEN, FaultKind::StatusAfter { status: 502, code: 0 }, away),
        (TOKEN, FaultKind::DropBefore, away),
        (TOKEN, FaultKind::DropAfter, away),
        (TOKEN, hang(true), away),
        (TOKEN, hang(false), away),
        (TOKEN, FaultKind::Without(&["access_token"]), broken),
        (TOKEN, FaultKind::Without(&["guild"]), broken),
        (ME, FaultKind::Status { status: 503, code: 0 }, away),
        (ME, FaultKind::DropAfter, away),
        (ME, FaultKind::Without(&["id"]), broken),
        (ME, FaultKind::Without(&["username"]), broken),
    ] {
        let about = format!("{route} {kind:?}");
        let authorize = browser.to_discord("/install").await;
        let fault = inject(&world, route, kind);
        let back = browser.agree(&authorize, &nora, (Some(&home), &[])).await;
        let page = browser.open(&back).await;
        assert_eq!(world.discord.faults().fired(fault), 1, "{about}: {}", page.html);
        page.says(502, "Discord didn’t finish this", &[told]);
        let back = browser.agree(&page.link("Try again"), &nora, (Some(&home), &[])).await;
        browser.open(&back).await.says(200, "Simlane is in your server", &[]);
        world.discord.faults().clear_all();
        world.advance(Duration::from_secs(60)).await;
    }
    let fields = FaultKind::Without(&["email", "verified", "global_name", "discriminator", "avatar"]);
    inject(&world, ME, fields);
    browser.through("/link", &nora, None).await.says(200, "Your account is linked", &["no verified e-mail"]);
    inject(&world, TOKEN, FaultKind::Without(&["refresh_token", "expires_in", "scope"]));
    browser.through("/install", &nora, Some(&home)).await.says(200, "Simlane is in your server", &[]);
    world.discord.take_complaints();
    world.end().await;
}

#[tokio::test]
async fn a_wrong_secret_is_the_operators_to_mend() {
    let world = World::new(Pair::Sqlite).await;
    let (home, nora) = world.elsewhere("Day Owls");
    inject(&world, TOKEN, FaultKind::Status { status: 401, code: 0 });
    let page = world.browser().through("/install", &nora, Some(&home)).await;
    page.says(502, "Discord didn’t finish this", &["Tell whoever runs this service", "Reference"]);
    world.discord.take_complaints();
    world.end().await;
}

/// Killed between what Discord was asked and what we write down: nothing is used up, and the way can be gone again.
#[tokio::test]
async fn a_process_that_is_killed_on_the_way_leaves_something_to_try_again() {
    for (route, moment) in
        [(TOKEN, Moment::BeforeEffect), (TOKEN, Moment::AfterEffect), (ME, Moment::AfterEffect)]
    {
        let world = World::before(Pair::Sqlite).await;
        let kill = world.serve_apart().await;
        world.settle().await;
        let (home, nora) = world.elsewhere("Day Owls");
        let browser = world.browser();
        let authorize = browser.to_discord("/install").await;
        let back = browser.agree(&authorize, &nora, (Some(&home), &[])).await;
        world.discord.faults().on_call(Match::route(route), move |now, _| {
            if now == moment {
                kill();
            }
        });
        assert!(browser.try_open(&back).await.is_err(), "{route}: it is dead");
        world.discord.faults().clear_all();
        drop(world.serve_apart().await);
        let page = browser.open(&back).await;
        page.says(410, "This page was opened before", &["If it never came"]);
        let done = browser.through(&page.link("Begin again"), &nora, Some(&home)).await;
        done.says(200, "Simlane is in your server", &[]);
        world.end().await;
    }
}
