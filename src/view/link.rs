//! What `/link`, `/unlink` and `/me` say.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::{CalendarOf, Press},
    markup::{name, when},
    message::{Body, button, link, row, text},
};
use crate::domain::{
    event::Event,
    name::{ClubName, EventName, PersonName},
    signup::SignupState,
    zone::Zone,
};

/// Where somebody stands on a roster.
#[derive(Clone, Copy, Debug)]
pub struct RosterLine<'r> {
    /// The club.
    pub club: &'r ClubName,
    /// Their name there.
    pub name: &'r PersonName,
}

/// An event of somebody's.
#[derive(Clone, Copy, Debug)]
pub struct MyEvent<'m> {
    /// Its club.
    pub club: &'m ClubName,
    /// The event.
    pub event: &'m Event,
    /// What they said.
    pub state: SignupState,
}

/// What is known about somebody.
#[derive(Clone, Debug)]
pub struct MeFacts<'m> {
    /// Their coming events, the next first.
    pub events: Vec<MyEvent<'m>>,
    /// Whether their account is linked.
    pub is_linked: bool,
    /// Whether they are reminded of what they signed up for.
    pub reminders: bool,
    /// The rosters that they are on.
    pub rosters: Vec<RosterLine<'m>>,
    /// The zone that they chose.
    pub zone: Option<&'m Zone>,
}

/// Offers to link the account, on the page at `address`.
#[must_use]
pub fn offer(rosters: &[RosterLine<'_>], is_linked: bool, address: String) -> Body {
    let now = match (rosters, is_linked) {
        ([], false) => "Link your Discord account, and your club knows who you are: sign-ups, teams and stints carry the name on its \
                        roster."
            .to_owned(),
        ([], true) => "Your account is linked, and no roster names you yet. Try again once your club has entered you.".to_owned(),
        (rosters, _) => format!("You are {} already.", standing(rosters)),
    };
    Body::new(vec![
        text(format!("# Who are you?\n{now}")),
        text(
            "The button opens a page on which Discord confirms your account and e-mail address. It works for you alone, once, for 15 \
              minutes. Got a code from your club's site? `/link code:` takes it instead.",
        ),
        row([link("Link my account", address)]),
    ])
}

/// The account is linked.
#[must_use]
pub fn linked(rosters: &[RosterLine<'_>], merged: &[EventName]) -> Body {
    let mut parts = vec![text(format!("✅ You are {} now.", standing(rosters)))];
    if !merged.is_empty() {
        let events: Vec<String> = merged.iter().map(|event| format!("- **{}**", name(event))).collect();
        parts.push(text(format!(
            "You had answered twice for these events. One answer is left: the better place, or what you said last.\n{}",
            events.join("\n")
        )));
    }
    parts.push(text("**Next:** `/me` shows your events. Is that not you? `/unlink` undoes it."));
    Body::new(parts)
}

/// Asks whether to part the account from whom it is linked to.
#[must_use]
pub fn ask_unlink(rosters: &[RosterLine<'_>]) -> Body {
    let who = if rosters.is_empty() { "an account of its own".to_owned() } else { standing(rosters) };
    Body::new(vec![
        text(format!(
            "# Remove the link?\nYour Discord account stands for {who}. Without the link it stands for itself: what you signed up for \
             with it stays yours, the roster keeps its entry, and no sync links the two again.",
        )),
        row([button(ButtonStyle::Danger, "Remove the link", &Press::Unlink)]),
    ])
}

/// The account stands for itself again.
#[must_use]
pub fn unlinked() -> Body {
    Body::plain("✅ The link is removed. Your sign-ups stay with this account. `/link` links it again.")
}

/// What is known about the reader.
#[must_use]
pub fn me(facts: &MeFacts<'_>) -> Body {
    let who = match (facts.rosters.as_slice(), facts.is_linked) {
        ([], false) => "Not linked to a roster. `/link` does it.".to_owned(),
        ([], true) => "Linked; no roster names you yet.".to_owned(),
        (rosters, _) => standing(rosters),
    };
    let zone = match facts.zone {
        Some(zone) => format!("{zone}. Change it with `/me timezone:`."),
        None => "not chosen. Tell it with `/me timezone:`, so that plans can be made around your nights."
            .to_owned(),
    };
    let reminders = if facts.reminders {
        "on: messages ahead of your events mention you."
    } else {
        "off: nothing mentions you ahead of your events."
    };
    let lines = format!("# You\n**Roster:** {who}\n**Time zone:** {zone}\n**Reminders:** {reminders}");
    let mut parts = vec![text(lines)];
    let mut events: Vec<String> = facts.events.iter().map(MyEvent::line_with_club).collect();
    if events.is_empty() {
        events
            .push("You haven't signed up for a coming event. `/event list` shows what there is.".to_owned());
    }
    parts.push(text(format!("**Your events**\n{}", events.join("\n"))));
    let switch = if facts.reminders { "Turn reminders off" } else { "Turn reminders on" };
    parts.push(row([
        button(ButtonStyle::Secondary, "Calendar", &Press::Calendar(CalendarOf::Me)),
        button(ButtonStyle::Secondary, switch, &Press::Remind(!facts.reminders)),
    ]));
    Body::new(parts)
}

impl MyEvent<'_> {
    /// The event, what they said and when it starts, on one line.
    pub(super) fn line(&self) -> String {
        let (sign, state) = state(self.state);
        format!("{sign} **{}** · {state} · {}", name(&self.event.name), when(self.event.start))
    }

    /// The same with its club.
    fn line_with_club(&self) -> String {
        format!("{} · {}", self.line(), name(self.club))
    }
}

const fn state(state: SignupState) -> (&'static str, &'static str) {
    match state {
        SignupState::In => ("✅", "in"),
        SignupState::Late => ("⏰", "in, late"),
        SignupState::Tentative => ("❔", "tentative"),
        SignupState::Waiting => ("⏳", "waiting"),
        SignupState::Withdrawn => ("↩️", "withdrawn"),
        SignupState::Absent => ("🚫", "absent"),
    }
}

/// `**Ana Pereira** of Night Owls and **Ana P** of Cup`.
fn standing(rosters: &[RosterLine<'_>]) -> String {
    let one = |line: &RosterLine<'_>| format!("**{}** of {}", name(line.name), name(line.club));
    super::markup::sentence(&rosters.iter().map(one).collect::<Vec<_>>(), "and")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{check, event, render};

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn linking_is_offered_and_told() {
        let (club, person) = ("Night Owls".parse().unwrap(), "Ana *Pereira*".parse().unwrap());
        let ana = RosterLine { club: &club, name: &person };
        let address = || "https://owls.example/link?ticket=0a1b".to_owned();
        assert_snapshot!("offer", shown(&offer(&[], false, address())));
        assert_snapshot!("offer_linked_without_a_roster", shown(&offer(&[], true, address())));
        assert_snapshot!("offer_again", shown(&offer(&[ana], true, address())));
        assert_snapshot!("linked", shown(&linked(&[ana], &[])));
        assert_snapshot!("linked_merged", shown(&linked(&[ana], &["Spa 24 h".parse().unwrap()])));
        assert_snapshot!("ask_unlink", shown(&ask_unlink(&[ana])));
        assert_snapshot!("ask_unlink_own", shown(&ask_unlink(&[])));
        assert_snapshot!("unlinked", shown(&unlinked()));
    }

    #[test]
    fn one_reads_about_oneself() {
        let (club, person) = ("Night Owls".parse().unwrap(), "Ana Pereira".parse().unwrap());
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let nobody = MeFacts {
            events: Vec::new(),
            is_linked: false,
            reminders: true,
            rosters: Vec::new(),
            zone: None,
        };
        assert_snapshot!("me_unknown", shown(&me(&nobody)));
        let spa = event("GT3 x 2");
        let events = SignupState::ALL.map(|state| MyEvent { club: &club, event: &spa, state }).to_vec();
        let rosters = vec![RosterLine { club: &club, name: &person }];
        let facts = MeFacts { events, is_linked: true, reminders: false, rosters, zone: Some(&zone) };
        assert_snapshot!("me", shown(&me(&facts)));
    }
}
