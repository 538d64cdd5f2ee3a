//! A club in its guild, and what its people do most.

use std::time::Duration;

use sandbox::{
    Channel, Message,
    people::{Person, Reply},
};

use super::World;

/// The club Night Owls, in the zone of Berlin.
pub(crate) struct Club<'w> {
    pub(crate) organiser: Person,
    pub(crate) world: &'w World,
}

/// What an organiser types into the form of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventForm<'t> {
    pub(crate) classes: &'t str,
    pub(crate) length: &'t str,
    pub(crate) name: &'t str,
    pub(crate) start: &'t str,
}

impl Default for EventForm<'_> {
    fn default() -> Self {
        Self { classes: "GT3 x 2", length: "6h", name: "Spa 6 Hours", start: "2026-12-05 14:00" }
    }
}

/// A series of the club's.
pub(crate) const SERIES: &str = "Winter Cup";
/// The channel of the series' event.
pub(crate) const CHANNEL: &str = "winter-cup-spa-6-hours-2026-12-05";
/// When its race voice channel opens.
pub(crate) const EVE: &str = "2026-12-04T13:00:00Z";
/// When it has been put away.
pub(crate) const OVER: &str = "2026-12-06T20:00:00Z";

impl World {
    /// The text channel and the card of an event in a series.
    pub(crate) async fn with_event(&self) -> Club<'_> {
        let club = self.club().await;
        club.series(SERIES).await;
        club.event(Some(SERIES), EventForm::default()).await;
        self.settle().await;
        club
    }

    /// A day passes, and with it the guild's full check.
    pub(crate) async fn day(&self) {
        self.pass(Duration::from_secs(24 * 3_600)).await;
    }

    /// Sets the club up.
    pub(crate) async fn club(&self) -> Club<'_> {
        let club = Club::of(self);
        club.set_up().await;
        self.settle().await;
        club
    }
}

impl<'w> Club<'w> {
    /// The club of that world, to be set up or as it was set up before.
    pub(crate) fn of(world: &'w World) -> Self {
        Self { organiser: world.guild.organiser("Olivia"), world }
    }

    /// Sets it up.
    pub(crate) async fn set_up(&self) {
        let form = self.organiser.slash("club setup").send().await.modal();
        let reply =
            form.fill("Name", "Night Owls").fill("Time zone", "Europe/Berlin").submit().await.settled().await;
        assert!(reply.text().contains("Night Owls"), "{}", reply.text());
    }

    /// Creates a series.
    pub(crate) async fn series(&self, name: &str) {
        let form = self.organiser.slash("series create").send().await.modal();
        let reply = form.fill("Name", name).submit().await.settled().await;
        assert!(reply.text().contains(name), "{}", reply.text());
    }

    /// Creates an event, of that series if one is named, and returns what the organiser reads.
    pub(crate) async fn event(&self, series: Option<&str>, event: EventForm<'_>) -> Reply {
        let mut slash = self.organiser.slash("event create");
        if let Some(series) = series {
            let choices = self.organiser.autocomplete("event create", "series", series).await;
            let choice = choices.iter().find(|choice| choice.name == series).unwrap();
            slash = slash.option("series", choice.text());
        }
        let form = slash.send().await.modal();
        let EventForm { classes, length, name, start } = event;
        let form = form.fill("Name", name).fill("Start", start).fill("Length", length);
        let reply = form.fill("Classes", classes).submit().await.settled().await;
        assert!(reply.text().contains("is created"), "{}", reply.text());
        reply
    }

    /// Has somebody press **Withdraw** on a card, and say that they are sure where they are asked.
    pub(crate) async fn withdraw(&self, channel: &str, who: &Person) {
        let asked = who.press(&self.card(channel), "Withdraw").await;
        let close = asked.is_ephemeral();
        let reply = if close { who.press(&asked.message(), "Withdraw all the same").await } else { asked };
        assert!(reply.failure().is_none(), "{}", reply.text());
    }

    /// Presses one of the buttons of `/event manage` for the only event ahead.
    pub(crate) async fn manage(&self, button: &str) -> Reply {
        let panel = self.organiser.slash("event manage").send().await.message();
        self.organiser.press(&panel, button).await
    }

    /// Changes one field of a group of settings.
    pub(crate) async fn choose(&self, group: &str, field: &str, option: &str) {
        let form = self.settings(group).await;
        form.choose(field, &[option]).submit().await.settled().await;
    }

    /// The form of a group of settings.
    pub(crate) async fn settings(&self, group: &str) -> sandbox::people::ModalForm {
        let panel = self.organiser.slash("club settings").send().await.message();
        let edit = edit_of(&panel, group);
        self.organiser.press(&panel, &edit).await.modal()
    }

    /// A channel of that name.
    pub(crate) fn channel(&self, name: &str) -> Channel {
        self.world.guild.channel_named(name).unwrap_or_else(|| panic!("there is no channel {name}"))
    }

    /// The card in a channel: its first message with buttons.
    pub(crate) fn card(&self, channel: &str) -> Message {
        let messages = self.channel(channel).messages();
        let card = messages.into_iter().find(|message| message.button("Sign up").is_some());
        card.unwrap_or_else(|| panic!("there is no card in {channel}"))
    }
}

/// The custom id of the button beside a group's values.
fn edit_of(panel: &Message, group: &str) -> String {
    let groups = ["Channels", "General", "Notifications", "People", "Race voice", "Reminders", "Teams"];
    let text = panel.text();
    let mut shown: Vec<&str> = groups.into_iter().filter(|group| text.contains(group)).collect();
    shown.sort_by_key(|group| text.find(&format!("### {group}")));
    let at = shown.iter().position(|shown| *shown == group).unwrap_or_else(|| panic!("no group {group}"));
    let edits: Vec<_> = panel.buttons().into_iter().filter(|button| button.label == "Edit").collect();
    edits[at].custom_id.clone().unwrap()
}
