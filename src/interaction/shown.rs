//! What the service tells, as the views take it.

use serde_json::Value;

use super::{
    answer::{Answer, Callback},
    deps::Deps,
    failure::Failure,
    incoming::{Context, GuildContext},
    table::Call,
};
use crate::{
    domain::{
        actor::{Actor, Target},
        membership::Standing,
        permission::missing,
        recurrence::Recurrence,
        settings::ClubSettings,
    },
    service::{
        availability::{Hours, Unanswered},
        conflict::{Decided, ShownConflict},
        crew::CrewsFacts,
        event::EventFacts,
        find::{EventOpening, EventView},
        link::OnRoster,
        me::{self, Me},
        profile::{Profile, Reader},
        readiness::{OwnReadiness, Racer, ReadinessFacts},
        room::RoomOutcome,
        series::edit::SeriesFacts,
        settings::SettingsView,
        team::{Finalized, TeamOutcome, TeamsFacts},
    },
    view::{
        card::{self, CardFacts},
        conflict::{self, ConflictFacts},
        crew::CrewsView,
        custom_id::{List, Showing},
        hours::{self, HoursFacts},
        link::{self, MeFacts, MyEvent, RosterLine},
        list::{self, EVENTS_A_PAGE, EventLine, Page, SERIES_A_PAGE, SeriesLine},
        manage::{self, Around},
        members::{self, MEMBERS_A_PAGE, MembersFacts},
        message::Body,
        modal::event_cancel::About,
        panel::{self, PanelFacts},
        profile::{self, KnownFacts, MatchedFacts, ProfileFacts},
        readiness::{self, BoardView, OwnView},
        repeat::RepeatFacts,
        room::RoomView,
        series::{self as view_series, SeriesPanelFacts},
        settings::SettingsFacts,
        team::{self, TeamsView},
    },
};

/// A message of `body` that only the person who acted sees, as a whole callback.
pub(super) fn message(body: &Body) -> Value {
    Callback::message(body, true).into_json()
}

/// The message that the button stands on shows `body` instead, as a whole callback.
pub(super) fn update(body: &Body) -> Value {
    Callback::update(body).into_json()
}

/// A club's settings with what they come to.
pub(super) const fn settings(view: &SettingsView) -> SettingsFacts<'_> {
    SettingsFacts { club: &view.club, next: view.next.as_ref() }
}

/// Which teams were settled, and what comes next.
pub(super) fn finalized(actor: &Actor, finalized: &Finalized) -> Body {
    let Finalized { after, bare, fresh, without_roles } = finalized;
    team::finalized(&teams(actor, after), (fresh, bare), *without_roles)
}

/// How a practice room stands.
pub(super) const fn room(outcome: &RoomOutcome) -> RoomView<'_> {
    RoomView {
        channel: outcome.channel,
        event: &outcome.event,
        room: outcome.room,
        standing: outcome.standing,
        team: outcome.team.as_ref(),
    }
}

/// The rosters that somebody is on.
pub(super) fn rosters(rosters: &[OnRoster]) -> Vec<RosterLine<'_>> {
    rosters.iter().map(|roster| RosterLine { club: &roster.club, name: &roster.name }).collect()
}

/// An account that may be one of several people.
pub(super) fn conflict(found: &ShownConflict) -> Body {
    conflict::ask(&conflict_facts(found))
}

/// What was decided about an account, and the next one.
pub(super) fn decided(decided: &Decided) -> Body {
    let next = decided.next.as_ref().map(conflict_facts);
    conflict::decided(&decided.account, decided.person.as_ref(), next.as_ref())
}

fn conflict_facts(found: &ShownConflict) -> ConflictFacts<'_> {
    let candidates = found.candidates.iter().map(|(member, evidence)| (member, *evidence)).collect();
    ConflictFacts { account: &found.account, candidates, id: found.id, open: found.open }
}

/// What is known about somebody.
pub(super) fn me(me: &Me) -> Body {
    link::me(&MeFacts {
        events: me.events.iter().map(my_event).collect(),
        is_linked: me.is_linked,
        reminders: me.reminders,
        rosters: rosters(&me.rosters),
        zone: me.zone.as_ref(),
    })
}

/// What the club knows about somebody.
pub(super) fn profile(target: &Target, profile: &Profile) -> Body {
    let known = profile.known.as_ref().map(|known| KnownFacts {
        iracing_id: known.iracing_id,
        iracing_name: known.iracing_name.as_ref(),
        left_at: known.left_at,
        linked_at: known.linked_at,
        matched: known.matched.as_ref().map(|matched| MatchedFacts {
            by: matched.by,
            external_id: matched.external_id.as_ref(),
            judged: matched.judged.as_ref(),
        }),
        name: &known.name,
        on_roster: known.on_roster,
        roles: &known.roles,
    });
    let reader = match profile.reader {
        Reader { is_subject: true, .. } => profile::Reader::Themselves,
        Reader { is_organiser: true, .. } => profile::Reader::Organiser,
        Reader { .. } => profile::Reader::Member,
    };
    profile::profile(&ProfileFacts {
        account: target.account.id,
        club: &profile.club,
        events: profile.events.iter().map(my_event).collect(),
        here: target.presence.as_ref().map(|presence| presence.joined_at),
        is_organiser: profile.is_organiser,
        known,
        name: target.account.name(),
        now: profile.now,
        rating: profile.rating,
        reader,
        zone: profile.zone.as_ref(),
    })
}

/// An event's hours, for one person.
pub(super) fn hours(found: &Hours, page: u16) -> Body {
    let Hours { facts, moved, said, zone } = found;
    let zone = zone.as_ref().unwrap_or(&facts.club.zone);
    let locale = facts.club.settings.locale;
    hours::page(&HoursFacts { event: &facts.event, locale, moved: *moved, said, zone }, page)
}

fn my_event(mine: &me::MyEvent) -> MyEvent<'_> {
    MyEvent { club: &mine.club, event: &mine.event, state: mine.state }
}

/// What a card shows of the event.
pub(super) const fn facts(facts: &EventFacts) -> CardFacts<'_> {
    CardFacts {
        event: &facts.event,
        series: facts.series.as_ref(),
        settings: &facts.club.settings,
        sheet: &facts.sheet,
        teams: &facts.teams,
    }
}

impl<'f> From<&'f EventOpening> for About<'f> {
    fn from(opening: &'f EventOpening) -> Self {
        Self { event: &opening.event, people: opening.people, settings: &opening.club.settings }
    }
}

/// The event's card for one person, its panel for an organiser, or its teams.
pub(super) async fn event(
    deps: &Deps,
    actor: &Actor,
    view: &EventView,
    showing: Showing,
) -> Result<Body, Failure> {
    Ok(match showing {
        Showing::Card => copy(actor, &view.facts),
        Showing::Panel => panel_of(view),
        Showing::Teams => {
            let facts = deps.service.teams(actor, view.facts.event.id).await?;
            team::list(&teams(actor, &facts), 0)
        }
    })
}

/// The event's panel for an organiser.
pub(super) fn panel_of(view: &EventView) -> Body {
    event_panel(&view.facts, around(view), view.repeats.as_ref())
}

/// An event's teams, for one reader.
pub(super) fn teams<'f>(actor: &Actor, seen: &'f TeamsFacts) -> TeamsView<'f> {
    TeamsView {
        event: &seen.facts.event,
        gone: &seen.gone,
        invitations: &seen.invitations,
        names: &seen.names,
        organises: actor.is_organiser(&seen.facts.club.settings),
        reader: seen.reader,
        sheet: &seen.facts.sheet,
        teams: &seen.teams,
    }
}

/// Crews that are proposed to an organiser.
pub(super) fn crews(seen: &CrewsFacts) -> CrewsView<'_> {
    CrewsView {
        event: &seen.teams.facts.event,
        names: &seen.teams.names,
        preview: &seen.preview,
        revision: seen.revision,
        teams: &seen.teams.teams,
    }
}

/// A team after something was done with it.
pub(super) fn team(actor: &Actor, outcome: &TeamOutcome) -> Body {
    team::panel(&teams(actor, &outcome.after), outcome.team)
}

/// How ready somebody is, for themselves.
pub(super) fn readiness(own: &OwnReadiness) -> Body {
    let OwnReadiness { readiness, who: Racer { club, event, team, .. } } = own;
    readiness::own(&OwnView { event, opens: event.race_voice_at(&club.settings), readiness, team })
}

/// How ready the people of an event's teams are, for one reader.
pub(super) fn readiness_board<'f>(actor: &Actor, seen: &'f ReadinessFacts) -> BoardView<'f> {
    let ReadinessFacts { checked, teams: facts } = seen;
    let EventFacts { club, event, .. } = &facts.facts;
    let has_voice = event.race_voice_at(&club.settings).is_some();
    BoardView { checked, has_voice, teams: teams(actor, facts) }
}

/// The event's panel for an organiser.
pub(super) fn event_panel(seen: &EventFacts, around: Around, repeats: Option<&Recurrence>) -> Body {
    let repeats = repeats.map(|recurrence| {
        let Recurrence { made, rule, .. } = recurrence;
        RepeatFacts {
            ahead: rule.coming(*made, &seen.club.zone, seen.now),
            goes_on: rule.start(made.saturating_add(1), &seen.club.zone).is_some(),
            rule,
        }
    });
    manage::panel(&facts(seen), around, repeats.as_ref(), seen.now)
}

/// A series' panel; `done` tells what was just done.
pub(super) fn series_panel(seen: &SeriesFacts, done: Option<&str>) -> Body {
    view_series::panel(&SeriesPanelFacts { coming: &seen.coming, series: &seen.series }, done)
}

/// What stands around the event's sheet.
pub(super) const fn around(view: &EventView) -> Around {
    let Unanswered { asked, people } = &view.unanswered;
    Around { asked: *asked, channel: view.channel, lacks_room: view.lacks_room, unanswered: people.len() }
}

/// The event's card for one person.
pub(super) fn copy(actor: &Actor, seen: &EventFacts) -> Body {
    let settings: &ClubSettings = &seen.club.settings;
    card::copy(&facts(seen), seen.now, actor.is_organiser(settings))
}

/// A page of a list.
pub(super) async fn page(deps: &Deps, actor: &Actor, list: List, number: u16) -> Result<Body, Failure> {
    match list {
        List::Events => events(deps, actor, number).await,
        List::Series => series(deps, actor, number).await,
    }
}

async fn events(deps: &Deps, actor: &Actor, number: u16) -> Result<Body, Failure> {
    let page = deps.service.coming_events(actor, number, EVENTS_A_PAGE).await?;
    let items = page.events.iter().map(line).collect();
    Ok(list::events(&Page { items, number: page.number, pages: page.pages }))
}

fn line(view: &EventView) -> EventLine<'_> {
    EventLine { channel: view.channel, facts: facts(&view.facts) }
}

async fn series(deps: &Deps, actor: &Actor, number: u16) -> Result<Body, Failure> {
    let organiser = actor.is_organiser(&deps.service.club_of(actor).await?.settings);
    let all = deps.service.list_series(actor).await?;
    let pages = u16::try_from(all.len().div_ceil(SERIES_A_PAGE)).unwrap_or(u16::MAX).max(1);
    let number = number.min(pages - 1);
    let items = all
        .iter()
        .skip(usize::from(number) * SERIES_A_PAGE)
        .take(SERIES_A_PAGE)
        .map(|view| SeriesLine { coming: view.coming, next: view.next, series: &view.series })
        .collect();
    Ok(list::series(&Page { items, number, pages }, organiser))
}

/// A page of the club's members.
pub(super) async fn members(
    deps: &Deps,
    actor: &Actor,
    standing: Option<Standing>,
    number: u16,
) -> Result<Body, Failure> {
    let found = deps.service.members(actor, standing, (number, MEMBERS_A_PAGE)).await?;
    Ok(members::page(&MembersFacts {
        club: &found.club,
        page: Page { items: found.people.iter().collect(), number: found.number, pages: found.pages },
        standing: found.standing,
        tally: &found.tally,
    }))
}

/// Has a file made of the club's members; the reply waits for it.
pub(super) async fn members_file<I: Send + Sync>(
    deps: &Deps,
    call: &Call<I>,
    standing: Option<Standing>,
) -> Result<Answer, Failure> {
    let render = |(): &()| Callback::deferred_message(true).into_json().into();
    let ask = call.ask(&render)?;
    Ok(Answer::Kept(deps.service.ask_members_file(ask, &call.context.token, standing).await?))
}

/// The club's panel.
pub(super) async fn panel(deps: &Deps, context: &Context) -> Result<Body, Failure> {
    let view = deps.service.panel(context.member()?).await?;
    let guild = context.server()?;
    Ok(panel::panel(&PanelFacts {
        club: &view.club,
        conflicts: view.conflicts,
        failing: &view.failing,
        fix_permissions: &fix_permissions(deps, guild),
        headroom: view.headroom,
        last_sync: view.last_sync.as_ref(),
        missing: missing(guild.app_permissions),
        questions: &view.questions,
    }))
}

/// The page that authorises the app in the server again, with what is missing.
pub(super) fn fix_permissions(deps: &Deps, guild: &GuildContext) -> String {
    format!("{}/install?server={}", deps.site, guild.id)
}

/// Has the club's server looked over; the reply waits for what is found.
pub(super) async fn health<I: Send + Sync>(deps: &Deps, call: Call<I>) -> Result<Answer, Failure> {
    let render = |(): &()| Callback::deferred_message(true).into_json().into();
    Ok(Answer::Kept(deps.service.ask_health(call.ask(&render)?, &call.context.token).await?))
}
