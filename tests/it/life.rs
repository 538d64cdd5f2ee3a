//! The life of two events, act by act: what people do, and what the clock brings. Together the acts make every call that an
//! event's life has.

use std::time::Duration;

use sandbox::{Call, people::Person};

use crate::world::{Club, EventForm, World, picture};

/// The channel of the event in a series, before and after it was renamed.
const SERIES_CHANNEL: &str = "winter-cup-spa-6-hours-2026-12-05";
const RENAMED_CHANNEL: &str = "winter-cup-spa-8-hours-2026-12-05";
/// The channel of the event without a series.
const LONE_CHANNEL: &str = "monza-2-hours-2026-12-20";

/// Something that happens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Act {
    ClubIsSetUp,
    SeriesIsCreated,
    EventIsCreated,
    PeopleSignUp,
    TwoClickAtOnce,
    EventIsEdited,
    SheetIsTold,
    PeopleAreReminded,
    SheetIsToldAgain,
    TeamIsSettled,
    RaceVoiceOpens,
    SomebodyWithdraws,
    PlaceIsAccepted,
    PeopleAreRemindedAgain,
    CheckInOpens,
    RaceStarts,
    RaceEnds,
    EventIsPutAway,
    LoneEventIsCreated,
    LoneRaceVoiceOpens,
    LoneEventIsCancelled,
    LoneEventIsDeleted,
}

impl Act {
    pub(crate) const ALL: [Self; 22] = [
        Self::ClubIsSetUp,
        Self::SeriesIsCreated,
        Self::EventIsCreated,
        Self::PeopleSignUp,
        Self::TwoClickAtOnce,
        Self::EventIsEdited,
        Self::SheetIsTold,
        Self::PeopleAreReminded,
        Self::SheetIsToldAgain,
        Self::TeamIsSettled,
        Self::RaceVoiceOpens,
        Self::SomebodyWithdraws,
        Self::PlaceIsAccepted,
        Self::PeopleAreRemindedAgain,
        Self::CheckInOpens,
        Self::RaceStarts,
        Self::RaceEnds,
        Self::EventIsPutAway,
        Self::LoneEventIsCreated,
        Self::LoneRaceVoiceOpens,
        Self::LoneEventIsCancelled,
        Self::LoneEventIsDeleted,
    ];

    /// Has it happen. What follows from it is left to the service.
    pub(crate) async fn play(self, world: &World) {
        let club = Club::of(world);
        match self {
            Self::ClubIsSetUp => club.set_up().await,
            Self::SeriesIsCreated => {
                // So that nothing is told at the same moment as something else.
                tell(&club, "30h, 1h", "25").await;
                club.series("Winter Cup").await;
            }
            Self::EventIsCreated => drop(club.event(Some("Winter Cup"), EventForm::default()).await),
            Self::PeopleSignUp => people_sign_up(&club).await,
            Self::TwoClickAtOnce => two_click_at_once(&club).await,
            Self::EventIsEdited => event_is_edited(&club).await,
            Self::SheetIsTold => world.set_clock("2026-12-03T11:00:00Z").await,
            Self::PeopleAreReminded => world.set_clock("2026-12-04T07:00:00Z").await,
            Self::SheetIsToldAgain => world.set_clock("2026-12-04T12:00:00Z").await,
            Self::TeamIsSettled => team_is_settled(&club).await,
            Self::RaceVoiceOpens => world.set_clock("2026-12-04T13:00:00Z").await,
            Self::SomebodyWithdraws => {
                // Until when the place is offered doesn't depend on how long race voice took.
                world.set_clock("2026-12-04T13:30:00Z").await;
                club.withdraw(RENAMED_CHANNEL, &world.member("Anna")).await;
                quiet(world, Duration::from_secs(10)).await;
            }
            Self::PlaceIsAccepted => place_is_accepted(&club).await,
            Self::PeopleAreRemindedAgain => world.set_clock("2026-12-05T12:00:00Z").await,
            Self::CheckInOpens => world.set_clock("2026-12-05T12:30:00Z").await,
            Self::RaceStarts => world.set_clock("2026-12-05T13:00:00Z").await,
            Self::RaceEnds => world.set_clock("2026-12-05T21:00:00Z").await,
            Self::EventIsPutAway => world.set_clock("2026-12-06T21:00:00Z").await,
            Self::LoneEventIsCreated => lone_event_is_created(&club).await,
            Self::LoneRaceVoiceOpens => world.set_clock("2026-12-19T13:00:00Z").await,
            Self::LoneEventIsCancelled => {
                world.set_clock("2026-12-19T14:00:00Z").await;
                club.manage("Cancel event")
                    .await
                    .modal()
                    .fill("Reason", "Fog")
                    .submit()
                    .await
                    .settled()
                    .await;
            }
            Self::LoneEventIsDeleted => world.set_clock("2026-12-21T14:00:00Z").await,
        }
    }
}

async fn press(club: &Club<'_>, channel: &str, who: &Person, button: &str) {
    let reply = who.press(&club.card(channel), button).await;
    assert!(reply.failure().is_none(), "{}", reply.text());
}

/// Chooses when people are reminded, and how often the channel is told how the sheet stands.
async fn tell(club: &Club<'_>, reminders: &str, updates: &str) {
    let form = club.settings("Reminders").await;
    let form = form.fill("Reminders before the start", reminders).fill("Updates (every … hours)", updates);
    form.submit().await.settled().await;
}

async fn people_sign_up(club: &Club<'_>) {
    for name in ["Anna", "Bela", "Cleo"] {
        press(club, SERIES_CHANNEL, &club.world.member(name), "Sign up").await;
        quiet(club.world, Duration::from_secs(10)).await;
    }
}

/// Lets a while pass after a click. What the click has begun is done before: the clock doesn't move within a pass. Whether the
/// service dies of it shows when the act is settled.
async fn quiet(world: &World, span: Duration) {
    let _ = world.try_settle().await;
    world.advance(span).await;
}

async fn team_is_settled(club: &Club<'_>) {
    let mut page = club.organiser.slash("team create").option("name", "Red").send().await;
    for name in ["Anna", "Bela"] {
        page = club.organiser.select(&page.message(), "Add somebody of the sheet", &[name]).await;
        assert!(page.failure().is_none(), "{}", page.text());
    }
    // The event and those whose roles it shares are due at once then, in an order of their own.
    let _ = club.world.try_settle().await;
    let settled = club.organiser.slash("team finalize").send().await;
    assert!(settled.text().contains("**Red** settled"), "{}", settled.text());
}

async fn place_is_accepted(club: &Club<'_>) {
    let messages = club.channel(RENAMED_CHANNEL).messages();
    let offer = messages.iter().find(|message| message.button("Accept").is_some()).unwrap();
    let reply = club.world.member("Cleo").press(offer, "Accept").await;
    assert!(reply.failure().is_none(), "{}", reply.text());
    quiet(club.world, Duration::from_secs(10)).await;
}

async fn two_click_at_once(club: &Club<'_>) {
    press(club, SERIES_CHANNEL, &club.world.member("Dora"), "Tentative").await;
    press(club, SERIES_CHANNEL, &club.world.member("Emil"), "Withdraw").await;
    quiet(club.world, Duration::from_secs(5)).await;
}

async fn event_is_edited(club: &Club<'_>) {
    let form = club.manage("Edit").await.modal();
    let reply = form.fill("Name", "Spa 8 Hours").fill("Length", "8h").submit().await.settled().await;
    assert!(reply.text().contains("Spa 8 Hours"), "{}", reply.text());
}

async fn lone_event_is_created(club: &Club<'_>) {
    club.choose("Channels", "A finished event's channel", "Delete it").await;
    tell(club, "off", "off").await;
    let start = "2026-12-20 14:00";
    let event = EventForm { classes: "", length: "2h", name: "Monza 2 Hours", start };
    club.event(None, event).await;
}

/// A call in an event's life: the act that causes it, its route, and which of that route's calls it is.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) act: Act,
    pub(crate) nth: u32,
    pub(crate) route: String,
}

/// How the guild looks after each act, and the calls that each act caused, in a life where nothing goes wrong.
pub(crate) struct Undisturbed {
    pub(crate) calls: Vec<(Act, Vec<Call>)>,
    pub(crate) pictures: Vec<(Act, String)>,
}

impl Undisturbed {
    /// Lives it.
    pub(crate) async fn live(world: &World) -> Self {
        let (mut calls, mut pictures) = (Vec::new(), Vec::new());
        for act in Act::ALL {
            let mark = world.discord.mark();
            act.play(world).await;
            world.settle().await;
            calls.push((act, world.discord.calls_since(mark)));
            pictures.push((act, picture(&world.guild)));
        }
        Self { calls, pictures }
    }

    /// Every call of it.
    pub(crate) fn spots(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for (act, calls) in &self.calls {
            for call in calls {
                let before = spots.iter().filter(|spot| spot.route == call.route).count();
                let nth = u32::try_from(before).unwrap() + 1;
                spots.push(Spot { act: *act, nth, route: call.route.clone() });
            }
        }
        spots
    }

    /// The first and the last call of every route.
    pub(crate) fn outermost(&self) -> Vec<Spot> {
        let spots = self.spots();
        let count = |route: &str| spots.iter().filter(|spot| spot.route == route).count();
        let is_outermost = |spot: &&Spot| spot.nth == 1 || count(&spot.route) == spot.nth as usize;
        spots.iter().filter(is_outermost).cloned().collect()
    }

    /// How the guild looks after an act.
    pub(crate) fn picture(&self, act: Act) -> &str {
        &self.pictures.iter().find(|(of, _)| *of == act).unwrap().1
    }
}

#[tokio::test]
async fn an_event_lives_and_leaves_nothing_behind() {
    let world = World::new(crate::world::Pair::Sqlite).await;
    let life = Undisturbed::live(&world).await;
    let by_act: Vec<String> = life
        .calls
        .iter()
        .map(|(act, calls)| {
            let routes: Vec<&str> = calls.iter().map(|call| call.route.as_str()).collect();
            format!("{act:?}\n  {}", routes.join("\n  "))
        })
        .collect();
    insta::assert_snapshot!("calls", by_act.join("\n"));
    let pictures: Vec<String> =
        life.pictures.iter().map(|(act, picture)| format!("== {act:?}\n{picture}")).collect();
    insta::assert_snapshot!("pictures", pictures.join("\n\n"));
    for channel in [SERIES_CHANNEL, LONE_CHANNEL] {
        assert!(world.guild.channel_named(channel).is_none(), "{channel} is left");
    }
    world.end().await;
}
