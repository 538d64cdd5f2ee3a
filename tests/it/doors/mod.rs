//! The ways in, through Discord's authorize page: installing, linking, and how a server is lost and comes back.

mod link;
mod lost;
mod trouble;

use std::time::Duration;

use sandbox::{Guild, Permissions, people::Person};
use simlane::{
    base::digest::digest,
    domain::{id::ClubId, permission::NEEDED},
    store::{clubs, guilds, invitations},
};
use twilight_model::id::{Id, marker::GuildMarker};

use crate::world::{EVE, EventForm, Pair, World};

/// The daily full check's calls.
const LOOKS: [&str; 2] = ["GET /guilds/{guild_id}/channels", "GET /guilds/{guild_id}/roles"];
const DAY: Duration = Duration::from_secs(24 * 3_600);

pub(super) fn id_of(guild: &Guild) -> Id<GuildMarker> {
    Id::new(guild.id().get())
}

impl World {
    /// Invites whoever holds the token to bind the club.
    async fn invite(&self, club: ClubId, token: &str) {
        let store = self.service().store();
        let (now, tx) = (self.clock.now(), store.begin().await.unwrap());
        invitations::put(&tx, &digest(token), club, now, now + 7 * DAY).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The club of a guild.
    async fn club_of(&self, guild: &Guild) -> Option<ClubId> {
        clubs::of_guild(self.service().store(), id_of(guild)).await.unwrap().map(|club| club.id)
    }

    async fn known(&self, guild: &Guild) -> Option<guilds::Guild> {
        guilds::by_id(self.service().store(), id_of(guild)).await.unwrap()
    }

    /// A server without the app, and somebody who manages it.
    fn elsewhere(&self, name: &str) -> (Guild, Person) {
        let guild = self.discord.guild(name);
        guild.remove_bot();
        let manager = guild.organiser("Nora");
        (guild, manager)
    }
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for pair in [Pair::Sqlite, Pair::Postgres] {
        test(World::new(pair).await).await;
    }
}

#[tokio::test]
async fn a_server_without_a_club_is_told_how_to_begin() {
    on_both(|world| async move {
        let (home, nora) = world.elsewhere("Day Owls");
        let page = world.browser().through("/install", &nora, Some(&home)).await;
        page.says(200, "Simlane is in your server", &["Day Owls", "/club setup", "</span>Done"]);
        assert!(!page.html.contains("lacks"), "{}", page.html);
        assert_eq!(page.link("Open the server"), format!("{}/channels/{}", world.discord.url(), home.id()));
        let known = world.known(&home).await.unwrap();
        assert_eq!(known.installed_by.map(Id::get), Some(nora.id().get()));
        assert!(known.permissions.contains(NEEDED));
        assert_eq!((known.name.as_deref(), known.club), (Some("Day Owls"), None));
        let form = nora.slash("club setup").send().await.modal();
        form.fill("Name", "Day Owls").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
        let again = world.browser().through("/install", &nora, Some(&home)).await;
        again.says(200, "Simlane is in your server", &["the club <strong>Day Owls</strong>", "/club panel"]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_invitation_brings_a_club_with_its_events() {
    on_both(|world| async move {
        // A club with an event that has no server, as its site makes one.
        let club = world.club().await;
        club.event(None, EventForm::default()).await;
        let id = world.club_of(&world.guild).await.unwrap();
        let guild = world.guild.id();
        let sql = [
            format!("UPDATE guilds SET club_id = NULL WHERE id = {guild}"),
            format!("DELETE FROM owners WHERE guild_id = {guild}"),
            format!("DELETE FROM bindings WHERE guild_id = {guild}"),
            format!("DELETE FROM guilds WHERE id = {guild}"),
        ];
        for sql in sql {
            world.stores.execute(&sql).await;
        }
        world.invite(id, "secret").await;
        let (home, nora) = world.elsewhere("Day Owls");
        let browser = world.browser();
        let page = browser.through("/install?club=secret", &nora, Some(&home)).await;
        page.says(200, "Night Owls is on Discord", &["Day Owls", "/club panel"]);
        assert_eq!(world.club_of(&home).await, Some(id));
        world.settle().await;
        assert!(home.channel_named("spa-6-hours-2026-12-05").is_some());
        let over = browser.open("/install?club=secret").await;
        over.says(410, "That invitation is over", &["works once"]);
        let without = over.link("Add without it");
        browser.through(&without, &nora, Some(&home)).await.says(
            200,
            "Simlane is in your server",
            &["as before"],
        );
        browser.open("/install?club=guessed").await.says(410, "That invitation is over", &[]);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_invitation_may_end_while_somebody_is_on_their_way() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let club = world.club_of(&world.guild).await.unwrap();
    world.invite(club, "secret").await;
    world.advance(7 * DAY - Duration::from_secs(60)).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install?club=secret").await;
    world.advance(Duration::from_secs(60)).await;
    let back = browser.agree(&authorize, &nora, (Some(&home), &[])).await;
    let page = browser.open(&back).await;
    page.says(410, "That invitation is over", &["<strong>Day Owls</strong> all the same", "/club setup"]);
    assert!(world.known(&home).await.is_some());
    world.end().await;
}

#[tokio::test]
async fn a_club_moves_once_somebody_says_so() {
    on_both(|world| async move {
        let club = world.with_event().await;
        let id = world.club_of(&world.guild).await.unwrap();
        world.invite(id, "secret").await;
        let (home, nora) = world.elsewhere("Day Owls");
        let browser = world.browser();
        let asks = browser.through("/install?club=secret", &nora, Some(&home)).await;
        asks.says(200, "Move Night Owls here?", &["Day Owls", "Your decision", "Move it here"]);
        assert_eq!(world.club_of(&home).await, None, "nothing has moved");
        // Another browser can't say yes, and neither can a form without the question's pass.
        let pass = asks.hidden("pass");
        let foreign = world.browser().post("/install/move", &[("pass", &pass)]).await;
        foreign.says(410, "That question is over", &[]);
        for garbage in [&[][..], &[("pass", "zz")], &[("other", "x")]] {
            browser.post("/install/move", garbage).await.says(410, "That question is over", &[]);
        }
        // Nor is it a state.
        let state = browser.open(&format!("/oauth/callback?code=x&state={pass}")).await;
        state.says(400, "Nothing to finish here", &[]);
        // Asked twice, in two tabs; the first yes counts.
        let other = browser.through("/install?club=secret", &nora, Some(&home)).await.hidden("pass");
        let moved = browser.post("/install/move", &[("pass", &pass)]).await;
        moved.says(200, "Night Owls has moved", &["Day Owls", "/club settings"]);
        let (mark, here) = (world.discord.mark(), world.guild.id());
        browser.post("/install/move", &[("pass", &pass)]).await.says(410, "That question is over", &[]);
        let again = browser.post("/install/move", &[("pass", &other)]).await;
        again.says(200, "Simlane is in your server", &["Night Owls", "as before"]);
        world.settle().await;
        world.at(EVE).await;
        world.minute().await;
        assert!(home.channel_named(crate::world::CHANNEL).is_some());
        assert!(home.channel_named("Spa 6 Hours").is_some(), "race voice opens in the new server");
        // The daily look at its channels tells whether the app is still there.
        let calls = world.discord.calls_since(mark).into_iter().filter(|call| call.guild == Some(here));
        let calls: Vec<String> =
            calls.map(|call| call.route).filter(|route| !LOOKS.contains(&route.as_str())).collect();
        assert!(calls.is_empty(), "the former server is left alone: {calls:?}");
        assert!(world.guild.channel_named("Spa 6 Hours").is_none());
        assert!(world.guild.channel_named(crate::world::CHANNEL).is_some(), "and stays as it is");
        let told = club.organiser.slash("club panel").send().await.text();
        assert!(told.contains("no club yet"), "{told}");
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_question_outlasts_a_long_stay_on_discords_page() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let id = world.club_of(&world.guild).await.unwrap();
    world.invite(id, "secret").await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install?club=secret").await;
    world.advance(Duration::from_secs(9 * 60)).await;
    let back = browser.agree(&authorize, &nora, (Some(&home), &[])).await;
    let asks = browser.open(&back).await;
    world.advance(Duration::from_secs(9 * 60)).await;
    let moved = browser.post("/install/move", &[("pass", &asks.hidden("pass"))]).await;
    moved.says(200, "Night Owls has moved", &[]);
    let asked = browser.to_discord("/install").await;
    assert!(!asked.contains("secret"), "the invitation is sealed: {asked}");
    world.end().await;
}

#[tokio::test]
async fn a_server_that_has_a_club_is_no_place_for_another() {
    let world = World::new(Pair::Sqlite).await;
    world.club().await;
    let id = world.club_of(&world.guild).await.unwrap();
    world.invite(id, "secret").await;
    let (home, nora) = world.elsewhere("Day Owls");
    home.install(&nora).await;
    let form = nora.slash("club setup").send().await.modal();
    form.fill("Name", "Larks").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
    let page = world.browser().through("/install?club=secret", &nora, Some(&home)).await;
    page.says(409, "That server has a club", &["Larks", "Night Owls"]);
    assert!(page.link("Choose another server").ends_with("/install?club=secret"));
    assert_eq!(world.club_of(&world.guild).await, Some(id));
    world.end().await;
}

#[tokio::test]
async fn what_was_unticked_is_named_and_can_be_mended() {
    let world = World::new(Pair::Sqlite).await;
    let (home, nora) = world.elsewhere("Day Owls");
    let browser = world.browser();
    let authorize = browser.to_discord("/install").await;
    let but = [Permissions::MANAGE_CHANNELS.bits(), Permissions::VIEW_AUDIT_LOG.bits()];
    let page = browser.open(&browser.agree(&authorize, &nora, (Some(&home), &but)).await).await;
    page.says(200, "Simlane is in your server", &["Nearly done", "Manage Channels", "View Audit Log"]);
    assert!(!page.html.contains("Manage Roles"), "{}", page.html);
    let fix = page.link("Fix permissions");
    let authorize = browser.to_discord(&fix).await;
    let locked = format!("guild_id={}&disable_guild_select=true", home.id());
    assert!(authorize.contains(&locked), "{authorize}");
    let page = browser.open(&browser.agree(&authorize, &nora, (Some(&home), &[])).await).await;
    page.says(200, "Simlane is in your server", &[]);
    assert!(!page.html.contains("Manage Channels"), "{}", page.html);
    assert!(world.known(&home).await.unwrap().permissions.contains(NEEDED));
    world.end().await;
}

#[tokio::test]
async fn the_first_page_says_what_this_is() {
    let world = World::new(Pair::Sqlite).await;
    let page = world.browser().open("/").await;
    page.says(200, "Your club’s races, on Discord", &["Privacy", "Terms", "Thirty days"]);
    let browser = world.browser();
    let add = page.link("Add to Discord");
    browser.to_discord(&format!("/{}", add.rsplit('/').next().unwrap())).await;
    world.end().await;
}
