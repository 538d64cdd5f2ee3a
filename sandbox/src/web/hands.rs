//! The clock's hands: they run as a watch does, or faster, or stand, and jump when told to.
//!
//! Whoever moves time also asks the service for what is due by then, as cron does where time moves by itself.

use std::{sync::Mutex, time::Duration};

use jiff::Timestamp;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::site::Site;
use crate::{
    Snowflake,
    discord::lock,
    interaction::components::{all, text},
    markdown::{Block, Inline, blocks},
};

/// How often the hands move.
const STEP: Duration = Duration::from_millis(100);
/// How many times faster than a watch "fast" is.
pub(super) const FAST: u32 = 60;
/// How much time goes by, on the hands, between two looks for what is due.
const LOOK: Duration = Duration::from_secs(5);
/// How long a jump waits, in real time, for the service to do what is due at one moment.
const PATIENCE: Duration = Duration::from_secs(5);
/// At how many moments on its way a jump stops for what is due.
const STOPS: usize = 500;
/// How long before its start a race is on everybody's mind.
pub(super) const DAY_BEFORE: Duration = Duration::from_secs(24 * 3_600);

/// How fast the hands run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    Standing,
    #[default]
    Running,
    Fast,
}

/// The clock's hands.
#[derive(Debug, Default)]
pub(super) struct Hands(Mutex<Pace>);

impl Hands {
    pub(super) fn pace(&self) -> Pace {
        *lock(&self.0)
    }

    pub(super) fn set_pace(&self, pace: Pace) {
        *lock(&self.0) = pace;
    }
}

/// Moves the hands for ever.
pub(super) async fn run(site: Site) {
    let mut steps = interval(STEP);
    steps.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looked = site.discord.now();
    loop {
        steps.tick().await;
        let factor = match site.hands.pace() {
            Pace::Standing => continue,
            Pace::Running => 1,
            Pace::Fast => FAST,
        };
        site.stage.clock.advance(STEP * factor);
        let now = site.discord.now();
        let gone = Duration::try_from(now.duration_since(looked)).unwrap_or_default();
        if gone >= LOOK {
            looked = now;
            due(&site).await;
            site.discord.0.records.changed();
        }
    }
}

/// Has the service look for what is due.
async fn due(site: &Site) {
    if let Err(error) = site.stage.running.tick().await {
        tracing::warn!(%error, "the service could not look for what is due");
    }
}

/// Moves the hands to an instant, and stops on the way wherever something is due.
pub(super) async fn jump(site: &Site, to: Timestamp) {
    for _ in 0..STOPS {
        settle(site).await;
        let Some(next) = next_due(site).await.filter(|next| *next <= to) else { break };
        // What is due now and was not done waits for something else than time.
        let now = site.discord.now();
        site.stage.clock.set(next.max(now + Duration::from_secs(1)).min(to));
        if site.discord.now() >= to {
            break;
        }
    }
    site.stage.clock.set(to);
    settle(site).await;
    site.discord.0.records.changed();
}

/// Waits for the service to do what is due, but not for ever: a fault may keep it from that.
async fn settle(site: &Site) {
    // Either way it goes on by itself.
    let _ = timeout(PATIENCE, site.stage.running.settle()).await;
}

async fn next_due(site: &Site) -> Option<Timestamp> {
    let guilds: Vec<Snowflake> = site.discord.with(|state| state.guilds.keys().copied().collect());
    let mut next = None;
    for guild in guilds {
        let of_guild = site.stage.running.next_due(guild.get()).await.ok().flatten();
        next = [next, of_guild].into_iter().flatten().min();
    }
    next
}

/// The start of the race that comes next, as the sign-up cards of a channel tell, or where it has none those of its guild.
pub(super) fn next_start(
    site: &Site,
    guild: Option<Snowflake>,
    channel: Option<Snowflake>,
) -> Option<Timestamp> {
    let (now, bot) = (site.discord.now(), site.discord.bot());
    site.discord.with(|state| {
        let cards = state
            .messages
            .values()
            .filter(|m| m.author == bot && m.guild == guild && m.ephemeral_for.is_none());
        let starts: Vec<_> = cards
            .filter(|message| message.button("Sign up").is_some())
            .filter_map(|message| Some((message.channel, start(&message.components)?)))
            .filter(|(_, start)| *start > now)
            .collect();
        let here = starts.iter().filter(|(of, _)| Some(*of) == channel).map(|(_, start)| *start).min();
        here.or_else(|| starts.iter().map(|(_, start)| *start).min())
    })
}

/// The first instant that a card names.
fn start(components: &[serde_json::Value]) -> Option<Timestamp> {
    let texts = all(components).into_iter().map(|component| text(component, "content"));
    texts.flat_map(blocks).find_map(|block| match block {
        Block::Line(pieces) | Block::Small(pieces) | Block::Quote(pieces) | Block::Heading(_, pieces) => {
            instant(&pieces)
        }
        Block::Item(item) => instant(&item.text),
        Block::Code(_) => None,
    })
}

fn instant(pieces: &[Inline]) -> Option<Timestamp> {
    pieces.iter().find_map(|piece| match piece {
        Inline::Time(at, _) => Some(*at),
        Inline::Styled(_, inside) => instant(inside),
        _ => None,
    })
}
