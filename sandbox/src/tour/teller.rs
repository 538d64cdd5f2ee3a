//! Who tells the story: has people act, shows what they read and what Discord shows, counts calls, and checks.

use std::{
    io,
    time::{Duration, Instant},
};

use jiff::civil::DateTime;
use simlane::app::Unsettled;

use super::{Outcome, change::Change, page::Page};
use crate::{
    Call, Channel, GuildSnapshot, Mark, Message,
    people::{ModalForm, Person, Reply, Slash, Unavailable},
    stage::Stage,
    terminal::{
        self, View,
        ink::{Ink, Span},
    },
};

/// How long before a part of the story everything that is due by then is done.
const SHORTLY: Duration = Duration::from_secs(60);

/// Why the story could not be told to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stuck {
    #[error("the tour can't be written: {0}")]
    Page(#[from] io::Error),
    #[error("the service doesn't come to rest: {0}")]
    Service(#[from] Unsettled),
    #[error("{0}")]
    Unavailable(#[from] Unavailable),
}

/// Who tells the story.
pub(super) struct Teller<'a> {
    pub(super) stage: &'a Stage,
    page: Page<'a>,
    pace: Duration,
    begun: Instant,
    /// The guild as it was last shown.
    before: GuildSnapshot,
    /// The calls that have been told.
    told: Mark,
    /// What each part of the story cost.
    costs: Vec<(String, usize)>,
    /// The calls between the parts.
    meanwhile: usize,
    held: usize,
    off: Vec<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(stage: &'a Stage, page: Page<'a>, pace: Duration) -> Self {
        let (before, told) = (stage.guild.snapshot(), stage.discord.mark());
        let (costs, off, begun) = (Vec::new(), Vec::new(), Instant::now());
        Self { stage, page, pace, begun, before, told, costs, meanwhile: 0, held: 0, off }
    }

    /// Waits until the service has come to rest.
    pub(super) async fn rests(&self) -> Result<(), Stuck> {
        Ok(self.stage.running.settle().await?)
    }

    /// Waits until the service has registered its commands, which is told with the costs only.
    pub(super) async fn starts(&mut self) -> Result<(), Stuck> {
        self.rests().await?;
        let calls = self.stage.discord.calls_since(self.told);
        self.told = self.stage.discord.mark();
        self.costs.push(("to register the commands, once".to_owned(), calls.len()));
        Ok(())
    }

    /// Lets seconds go by, and what is due by then be done.
    pub(super) async fn passes(&self, seconds: u64) -> Result<(), Stuck> {
        self.rests().await?;
        self.stage.clock.advance(Duration::from_secs(seconds));
        self.rests().await
    }

    /// Moves the clock to a local time and says what comes now. What is due before, such as the daily check of everything,
    /// is done before and counted apart.
    pub(super) async fn chapter(&mut self, local: DateTime, title: &str) -> Result<(), Stuck> {
        let at = self.stage.instant(local);
        self.stage.clock.set(at.checked_sub(SHORTLY).unwrap_or(at));
        self.rests().await?;
        let calls = self.stage.discord.calls_since(self.told).len();
        self.told = self.stage.discord.mark();
        self.meanwhile += calls;
        self.stage.clock.set(at);
        Ok(self.page.heading(&local.strftime("%a %-d %b %Y, %H:%M").to_string(), title)?)
    }

    /// Begins the part that the picture is made of.
    pub(super) fn begin_picture(&mut self) {
        self.page.copy();
    }

    /// Ends it.
    pub(super) fn end_picture(&mut self) {
        self.page.keep();
    }

    /// Says what somebody does.
    pub(super) async fn says(&mut self, who: &Person, what: &str) -> Result<(), Stuck> {
        if !self.pace.is_zero() {
            tokio::time::sleep(self.pace).await;
        }
        Ok(self.page.act(who.name(), what)?)
    }

    /// Has somebody type a command.
    pub(super) async fn types(&mut self, who: &Person, command: Slash, words: &str) -> Result<Reply, Stuck> {
        self.says(who, &format!("types {words}")).await?;
        Ok(command.try_send().await?.settled().await)
    }

    /// Has somebody press a button.
    pub(super) async fn presses(&mut self, who: &Person, on: &Message, button: &str) -> Result<Reply, Stuck> {
        self.says(who, &format!("presses {button}")).await?;
        Ok(who.try_press(on, button).await?.settled().await)
    }

    /// Has a form sent, and shows it as it is filled in and what its sender reads.
    pub(super) async fn sends(&mut self, form: &ModalForm) -> Result<Reply, Stuck> {
        self.page.drawn(&terminal::form(form, &self.view()))?;
        self.sends_unseen(form).await
    }

    /// Has a form sent, and shows what its sender reads.
    pub(super) async fn sends_unseen(&mut self, form: &ModalForm) -> Result<Reply, Stuck> {
        let reply = form.try_submit().await?.settled().await;
        self.shows(&reply)?;
        Ok(reply)
    }

    /// Shows what came back to whoever did something.
    pub(super) fn shows(&mut self, reply: &Reply) -> Result<(), Stuck> {
        let guild = self.stage.guild.snapshot();
        Ok(self.page.drawn(&terminal::reply(&guild, reply, &self.view()))?)
    }

    /// Waits for the service to come to rest and shows what is new or different on Discord since it was last shown.
    pub(super) async fn shows_changes(&mut self, what: &str) -> Result<(), Stuck> {
        self.rests().await?;
        let now = self.stage.guild.snapshot();
        let change = Change::between(&self.before, &now);
        if !change.is_empty() {
            let view = View { marks: change.marks.clone(), earlier: change.earlier.clone(), ..self.view() };
            // Its first line is the guild's name, which never changes.
            let tree = terminal::tree(&change.part, &view);
            let tree = tree.split_once('\n').map_or("", |(_, rest)| rest);
            self.then(tree, &change, "Discord now")?;
        }
        self.counts(what, now)
    }

    /// Waits for the service to come to rest and shows everything there is on Discord.
    pub(super) async fn shows_everything(&mut self, what: &str) -> Result<(), Stuck> {
        self.rests().await?;
        let now = self.stage.guild.snapshot();
        let change = Change::between(&self.before, &now);
        let view = View { marks: change.marks.clone(), ..self.view() };
        self.then(&terminal::tree(&now, &view), &change, "All of Discord now")?;
        self.counts(what, now)
    }

    fn then(&mut self, tree: &str, change: &Change, title: &str) -> Result<(), Stuck> {
        self.page.paragraph(Vec::new())?;
        self.page.remark(vec![Span::new(title, Ink::HEADING)])?;
        self.page.drawn(tree.trim_end())?;
        for channel in &change.gone {
            self.page.remark(vec![Span::new(format!("{channel}  gone"), Ink::DANGER)])?;
        }
        Ok(())
    }

    /// Tells the calls since it last did.
    fn counts(&mut self, what: &str, now: GuildSnapshot) -> Result<(), Stuck> {
        let calls = self.stage.discord.calls_since(self.told);
        (self.told, self.before) = (self.stage.discord.mark(), now);
        self.costs.push((what.to_owned(), calls.len()));
        let mut spans = vec![Span::new(count(calls.len(), "REST call"), Ink::BOLD)];
        if !calls.is_empty() {
            spans.push(Span::new(format!(": {}", routes(&calls)), Ink::DIM));
        }
        Ok(self.page.remark(spans)?)
    }

    /// Checks that something is as it should be; says so if it isn't.
    pub(super) fn check(&mut self, what: &str, holds: bool) -> Result<(), Stuck> {
        if holds {
            self.held += 1;
            return Ok(());
        }
        self.off.push(format!("Not so: {what}."));
        Ok(self.page.off(&format!("Not so: {what}."))?)
    }

    /// The channel of that name, as it is now.
    pub(super) fn channel(&self, name: &str) -> Option<Channel> {
        self.stage.guild.channel_named(name)
    }

    /// The sign-up card in a channel: the service's first message there.
    pub(super) fn card(&self, channel: &str) -> Result<Message, Stuck> {
        let messages = self.channel(channel).map(|channel| channel.messages()).unwrap_or_default();
        let card = messages.into_iter().find(|message| message.is_components_v2());
        Ok(card.ok_or_else(|| Unavailable(format!("there is no card in #{channel}")))?)
    }

    /// Whether a message was sent to a channel with this in it.
    pub(super) fn was_said(&self, channel: &str, text: &str) -> bool {
        self.channel(channel)
            .is_some_and(|channel| channel.messages().iter().any(|m| m.text().contains(text)))
    }

    fn view(&self) -> View {
        let mut view = View::new(self.stage.clock.now());
        (view.zone, view.colour, view.width) = (self.stage.zone.clone(), true, self.page.room());
        view
    }

    /// Says that the tour was stopped.
    pub(super) fn interrupted(&mut self) -> io::Result<Outcome> {
        self.page.paragraph(Vec::new())?;
        self.page.paragraph(vec![Span::plain("Stopped on the way. Nothing is left behind.")])?;
        Ok(Outcome::Interrupted)
    }

    /// Checks what must hold at the end of every story and says how it went.
    pub(super) async fn end(&mut self, told: Result<(), Stuck>) -> io::Result<Outcome> {
        if let Err(Stuck::Page(error)) = told {
            return Err(error);
        }
        if let Err(stuck) = told {
            self.off.push(stuck.to_string());
            self.page.off(&stuck.to_string())?;
        }
        if !self.stage.running.idle().await {
            self.off.push("The service still has something to do.".to_owned());
        }
        let complaints = self.stage.discord.complaints();
        self.off.extend(complaints.iter().map(|complaint| format!("Discord complains: {complaint}")));
        self.sums_up()?;
        Ok(if self.off.is_empty() { Outcome::Fine } else { Outcome::Off })
    }

    fn sums_up(&mut self) -> io::Result<()> {
        self.page.heading("The end", "what it took")?;
        self.costs
            .push(("for the daily check of everything, on the days told here".to_owned(), self.meanwhile));
        for (what, calls) in &self.costs {
            let style = if *calls == 0 { Ink::SUCCESS } else { Ink::PLAIN };
            self.page
                .remark(vec![Span::new(format!("{calls:>2}"), style), Span::plain(format!("  {what}"))])?;
        }
        let all: usize = self.costs.iter().map(|(_, calls)| calls).sum();
        self.page.remark(vec![Span::new(format!("{all:>2}  REST calls in all"), Ink::BOLD)])?;
        self.page.paragraph(Vec::new())?;
        for off in &self.off {
            self.page.off(off)?;
        }
        if self.off.is_empty() {
            let fine = format!("✓ Everything was as it should be: {} held.", count(self.held, "check"));
            self.page.paragraph(vec![Span::new(fine, Ink::SUCCESS)])?;
        }
        let took = format!("The clock ran by hand; it took {:.1} s.", self.begun.elapsed().as_secs_f64());
        self.page.paragraph(vec![Span::new(took, Ink::DIM)])
    }

    /// What wasn't as it should be.
    pub(super) fn into_off(self) -> Vec<String> {
        self.off
    }

    pub(super) fn into_excerpt(self) -> String {
        self.page.into_excerpt()
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The calls' routes in a fixed order, the same ones together; ids left out.
fn routes(calls: &[Call]) -> String {
    let mut short: Vec<String> = calls.iter().map(|call| shortened(&call.route)).collect();
    short.sort();
    let mut told = Vec::new();
    for same in short.chunk_by(|a, b| a == b) {
        let times = if same.len() > 1 { format!(" × {}", same.len()) } else { String::new() };
        told.push(format!("{}{times}", same[0]));
    }
    told.join(", ")
}

/// `PUT /channels/{channel_id}/permissions/{overwrite_id}` as `PUT /channels/…/permissions/…`.
fn shortened(route: &str) -> String {
    let piece = |piece: &str| if piece.starts_with('{') { "…".to_owned() } else { piece.to_owned() };
    let path = route.split('/').map(piece).collect::<Vec<_>>().join("/");
    // A line doesn't break between them.
    path.replace(' ', "\u{a0}")
}
