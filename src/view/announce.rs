//! What is said by itself: in an event's channel, and to the organisers.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{
    card, fate,
    markup::{self, mention, name, relative, typed},
    message::{Body, row, text},
    question, signup,
};
use crate::domain::{
    club::Series,
    event::Event,
    panel::{Answer, Question},
    settings::ClubSettings,
    signup::{Sheet, Signup},
};

/// The most people whom one message may ping.
const MAX_PINGS: usize = 100;
/// The most characters of a channel's topic. See Discord Docs/Channel Object.
const MAX_TOPIC: usize = 1024;

/// The topic of an event's channel: series, track and length.
#[must_use]
pub fn topic(event: &Event, series: Option<&Series>) -> String {
    let mut parts: Vec<String> = series.map(|series| series.name.to_string()).into_iter().collect();
    parts.extend(event.track.as_ref().map(ToString::to_string));
    parts.push(event.length.to_string());
    typed(&parts.join(" · "), MAX_TOPIC)
}

/// The race voice channel is open.
#[must_use]
pub fn race_voice(voice: Id<ChannelMarker>, start: Timestamp) -> Body {
    Body::plain(format!(
        "🔊 **Race voice is open:** {}. **Start:** {}",
        markup::channel(voice),
        relative(start)
    ))
}

/// Somebody moved up from the waiting list; pings them.
#[must_use]
pub fn promoted(event: &Event, line: &Signup) -> Body {
    let class = class_of(event, line);
    Body::plain(format!(
        "✅ {}, a place is free: you're in for **{}**{class}. If you can't make it, press **Withdraw** on the card.",
        mention(line.discord),
        name(&event.name),
    ))
    .pinging([line.discord])
}

/// A place is kept for somebody who waits, until then; pings them.
#[must_use]
pub fn offered(event: &Event, line: &Signup, until: Timestamp) -> Body {
    Body::new(vec![
        text(format!(
            "🎟️ {}, a place is free in **{}**{}. It is kept for you until {}; then the next on the list is asked.",
            mention(line.discord),
            name(&event.name),
            class_of(event, line),
            relative(until),
        )),
        row(signup::offer_buttons(event)),
    ])
    .pinging([line.discord])
}

/// An offer of a place, once somebody has answered it.
#[must_use]
pub fn offer_answered(event: &Event, line: &Signup) -> Body {
    let person = mention(line.discord);
    let (event_name, class) = (name(&event.name), class_of(event, line));
    Body::plain(if line.state.has_place() {
        format!("✅ {person} is in for **{event_name}**{class}.")
    } else {
        format!("{person} passed, so the place in **{event_name}**{class} goes to the next.")
    })
}

fn class_of(event: &Event, line: &Signup) -> String {
    let class = line.class.and_then(|id| event.class(id)).and_then(|class| class.name.as_ref());
    class.map(|class| format!(" in {}", name(class))).unwrap_or_default()
}

/// The event won't take place, why, and what becomes of its channel; pings those who meant to come.
#[must_use]
pub fn cancelled(event: &Event, sheet: &Sheet, settings: &ClubSettings) -> Body {
    let people: Vec<Id<UserMarker>> = sheet
        .lines()
        .iter()
        .filter(|line| line.state.is_signed_up())
        .map(|line| line.discord)
        .take(MAX_PINGS)
        .collect();
    let names: Vec<String> = people.iter().copied().map(mention).collect();
    Body::new(vec![
        text(format!("**{}**\n{}", name(&event.name), card::cancelled(event))),
        text(fate::line(event, settings)),
        text(names.join(" ")),
        row(fate::buttons_when_over(event)),
    ])
    .pinging(people)
}

/// The race is over, and what becomes of its channel, which organisers can decide.
#[must_use]
pub fn finished(event: &Event, settings: &ClubSettings) -> Body {
    let words =
        format!("🏁 **{} is over.** Thank you all. {}", name(&event.name), fate::line(event, settings));
    Body::new(vec![text(words), row(fate::buttons_when_over(event))])
}

/// A question to the organisers, with the buttons that answer it.
#[must_use]
pub fn question(question: &Question) -> Body {
    Body::new(vec![text(question::words(question)), row(question::buttons(question))])
        .pinging(question::calls(question))
}

/// The same question once somebody answered it, without its buttons.
#[must_use]
pub fn answered(question: &Question, answer: Answer, by: Id<UserMarker>) -> Body {
    Body::new(vec![
        text(question::words(question)),
        text(format!("{} chose **{}**. {}", mention(by), question::label(answer), question::outcome(answer))),
    ])
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::{
            event::EventState,
            panel::{Resource, Room, Subject, Topic},
            signup::SignupState::{Absent, In, Tentative, Waiting},
        },
        view::testing::{before, check, event, key, render, series, sheet},
    };

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn a_topic_says_what_is_raced() {
        assert_eq!(topic(&event("20"), Some(&series())), "Winter Cup · Spa-Francorchamps · 24 h");
    }

    #[test]
    fn messages_in_an_events_channel() {
        let mut event = event("GT3 x 2");
        let sheet = sheet(&event, &[(0, In, 2), (0, Waiting, 1), (0, Tentative, 1), (0, Absent, 1)]);
        let settings = ClubSettings::default();
        let promoted = promoted(&event, &sheet.lines()[2]);
        assert_eq!(promoted.mentions(), [Id::new(1003)]);
        let finished = finished(&event, &settings);
        event.state = EventState::Cancelled { at: before(), reason: "No track @here".to_owned() };
        let cancelled = cancelled(&event, &sheet, &settings);
        assert_eq!(cancelled.mentions(), [1001, 1002, 1003, 1004].map(Id::new));
        let voice = race_voice(Id::new(5), event.start);
        let all = [voice, promoted, finished, cancelled].iter().map(shown).collect::<Vec<_>>().join("\n\n");
        assert_snapshot!(all, @"
        🔊 **Race voice is open:** <#5>. **Start:** <t:1796475600:R>

        ✅ <@1003>, a place is free: you're in for **Spa 24 Hours** in GT3. If you can't make it, press **Withdraw** on the card.

        🏁 **Spa 24 Hours is over.** Thank you all. **Channel archived:** <t:1796648400:R>
        [Keep] [Put away now]

        **Spa 24 Hours**
        ❌ **Cancelled.** No track @·here.
        **Channel archived:** <t:1796212800:R>
        <@1001> <@1002> <@1003> <@1004>
        [Keep] [Put away now]
        ");
    }

    #[test]
    fn a_cancellation_pings_a_hundred_people_at_most() {
        let event = event("200");
        let sheet = sheet(&event, &[(0, In, 150)]);
        let body = cancelled(&event, &sheet, &ClubSettings::default());
        check(&body);
        assert_eq!(body.mentions().len(), MAX_PINGS);
    }

    #[test]
    fn every_question_says_what_to_do() {
        let (resource, long) = (Resource::Channel, "**x**".repeat(300));
        let topics = [
            Topic::Ambiguous { candidates: vec![Id::new(7), Id::new(8)], resource },
            Topic::Ambiguous { candidates: Vec::new(), resource: Resource::Card },
            Topic::Broken { resource: Resource::Message },
            Topic::Deleted { resource: Resource::RaceVoice },
            Topic::DeletionsPaused,
            Topic::Forbidden { resource },
            Topic::Full { resource: Resource::Category, room: Room::Channels },
            Topic::NoAnnouncementChannel,
            Topic::NoOrganiserChannel,
            Topic::Renamed { ours: "spa-24".to_owned(), resource, theirs: "@everyone".to_owned() },
        ];
        let about = Subject::Event(event("20").name);
        let asked = |topic| Question { about: about.clone(), asked_at: before(), id: key(4), topic };
        let all = topics.map(|topic| shown(&question(&asked(topic))));
        check(&question(&asked(Topic::Renamed { ours: long.clone(), resource, theirs: long })));
        assert_snapshot!(all.join("\n\n"), @"
        **The channel of Spa 24 Hours was being made when Discord's answer got lost.** It may be <#7> or <#8>. Delete what isn't wanted and press **Retry**, or have a new one made.
        [Retry] [Make it again]

        **The sign-up card of Spa 24 Hours was being made when Discord's answer got lost.** It may exist already. Delete what isn't wanted and press **Retry**, or have a new one made.
        [Retry] [Make it again]

        **A message of Spa 24 Hours can't be finished.** It has failed several times, and not for want of permission or room. Press **Retry** to try now.
        [Retry]

        **The race voice channel of Spa 24 Hours was deleted again** after it had been made anew. Should it be made once more?
        [Make it again] [Leave it]

        **Deletions are paused.** More channels aren't needed any more than are deleted within an hour without a yes. **Allow** the rest to go, or **Keep** them as they are.
        [Allow] [Keep]

        **The channel of Spa 24 Hours needs a permission that the bot lacks.** `/info` names what is missing. Give it to the bot's role, in the category too, then press **Retry**.
        [Retry]

        **The category of Spa 24 Hours has no room.** The server holds 500 channels, the most that Discord allows: delete some. Then press **Retry**.
        [Retry]

        **Your announcement channel was deleted.** The board of coming events stands nowhere until you choose another in `/club settings`.
        [Leave it]

        **Your organiser channel was deleted.** Questions like this one stand here alone until you choose another in `/club settings`.
        [Leave it]

        **The channel of Spa 24 Hours was changed by hand** from “spa-24” to “@·everyone”, and stays so. **Use ours** changes it back.
        [Keep] [Use ours]
        ");
    }

    #[test]
    fn an_answer_takes_the_buttons_away() {
        let topic = Topic::Deleted { resource: Resource::Channel };
        let asked = Question { about: Subject::Series(series().name), asked_at: before(), id: key(4), topic };
        assert_snapshot!(shown(&answered(&asked, Answer::MakeAgain, Id::new(9))), @"
        **The channel of the series Winter Cup was deleted again** after it had been made anew. Should it be made once more?
        <@9> chose **Make it again**. It is being made again.
        ");
    }
}
