//! An event's teams: the list for everybody, and a team for whoever looks after it.

use std::collections::HashSet;

use twilight_model::{
    channel::message::component::{Button, ButtonStyle},
    id::{Id, marker::UserMarker},
};

use super::{
    card,
    custom_id::{CrewPress, Press, TeamPress},
    entries,
    markup::{count, mention, name, sentence},
    message::{Body, MAX_OPTIONS, button, enabled, option, row, select, text, user_select},
    readiness,
};
use crate::domain::{
    event::{Class, Event},
    id::{ClassId, TeamId, UserId},
    name::TeamName,
    signup::Sheet,
    team::{Duty, Invitation, MAX_PEOPLE, Mate, Team, Teams},
    text::fold,
};

pub mod notice;

/// How many teams are on a page.
const A_PAGE: usize = 10;

/// An event's teams, for one reader.
#[derive(Clone, Copy, Debug)]
pub struct TeamsView<'f> {
    /// The event.
    pub event: &'f Event,
    /// Those who are gone from the server.
    pub gone: &'f HashSet<Id<UserMarker>>,
    /// Who was asked to join one of the teams.
    pub invitations: &'f [Invitation],
    /// What people are called, by their accounts.
    pub names: &'f [(Id<UserMarker>, String)],
    /// Whether the reader is an organiser.
    pub organises: bool,
    /// The reader, where they are known.
    pub reader: Option<UserId>,
    /// The sheet.
    pub sheet: &'f Sheet,
    /// The teams.
    pub teams: &'f Teams,
}

impl TeamsView<'_> {
    /// Whether the reader may change a team.
    fn may_change(&self, team: &Team) -> bool {
        self.organises || self.reader.is_some_and(|reader| team.is_led_by(reader))
    }

    fn called(&self, account: Id<UserMarker>) -> String {
        let known = self.names.iter().find(|(known, _)| *known == account);
        known.map_or_else(|| format!("Account {account}"), |(_, name)| name.clone())
    }

    fn class(&self, id: ClassId) -> Option<&Class> {
        self.event.class(id)
    }
}

/// A page of an event's teams, from 0: whoever asks past the end gets the last.
#[must_use]
pub fn list(view: &TeamsView<'_>, page: u16) -> Body {
    let teams = view.teams.standing(view.sheet, view.gone);
    let all = teams.all();
    let pages = all.len().div_ceil(A_PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let shown = all.iter().skip(page * A_PAGE).take(A_PAGE);
    let lines: Vec<String> = shown.clone().map(|team| line(view, team)).collect();
    let heading = format!("# Teams of {}\n{}", name(&view.event.name), count(all.len(), "team", "teams"));
    let none = if view.organises {
        "Nobody is in a team yet. **Propose crews** builds them from the sign-ups, `/team create` makes one by hand."
    } else {
        "Nobody is in a team yet. Organisers make them."
    };
    let list = if lines.is_empty() { none.to_owned() } else { lines.join("\n\n") };
    let mut parts = vec![text(heading), text(list)];
    parts.extend(teamless(view).map(text));
    let options: Vec<_> = shown
        .filter(|team| view.may_change(team))
        .map(|team| option(team.name.as_str(), team.id.short(), class_name(view, team).as_deref()))
        .collect();
    if !options.is_empty() {
        let pick = Press::Team(TeamPress::Pick(view.event.id));
        parts.push(select(&pick, "Choose a team to look after", options));
    }
    let mut buttons = Vec::new();
    if view.organises {
        let propose = Press::Crew(CrewPress::Propose(view.event.id));
        buttons.push(button(ButtonStyle::Secondary, "Propose crews", &propose));
    }
    if pages > 1 {
        let list = |page| Press::Team(TeamPress::List { event: view.event.id, page });
        parts.push(row(entries::turns(page, pages, list)));
    }
    let is_open = |team: &Team| !team.is_final() && team.on(Duty::Driver).next().is_some();
    if view.organises && all.iter().any(is_open) {
        let finalize = Press::Team(TeamPress::Finalize(view.event.id));
        buttons.push(button(ButtonStyle::Primary, "Settle teams", &finalize));
    }
    if view.organises && !all.is_empty() {
        let ready = Press::Team(TeamPress::ReadinessOfAll { event: view.event.id, page: 0 });
        buttons.push(button(ButtonStyle::Secondary, "Readiness", &ready));
    }
    if !buttons.is_empty() {
        parts.push(row(buttons));
    }
    Body::new(parts)
}

/// A team in two lines or three.
fn line(view: &TeamsView<'_>, team: &Team) -> String {
    let people: Vec<String> = Duty::ALL
        .into_iter()
        .filter_map(|duty| {
            let people: Vec<String> = team.on(duty).map(|mate| mate_in(team, mate)).collect();
            let sign = match duty {
                Duty::Driver => "",
                Duty::Reserve => "-# Reserve: ",
                Duty::Spotter => "-# Spotter: ",
            };
            (!people.is_empty()).then(|| format!("{sign}{}", people.join(", ")))
        })
        .collect();
    let people = if people.is_empty() { "Nobody yet".to_owned() } else { people.join("\n") };
    format!("**{}**{}\n{people}", name(&team.name), about(view, team))
}

/// The captain bears a sign, as the list names nobody's duty otherwise.
fn mate_in(team: &Team, mate: &Mate) -> String {
    let sign = if team.is_led_by(mate.user) { " (C)" } else { "" };
    format!("{}{sign}", mention(mate.discord))
}

/// Its number, class and car, as far as they are settled. A class that its name begins with isn't said again.
pub(super) fn about(view: &TeamsView<'_>, team: &Team) -> String {
    let number = team.number.as_ref().map(|number| format!(" {number}"));
    let class = class_name(view, team).filter(|class| !fold(team.name.as_str()).starts_with(&fold(class)));
    let class = class.map(|class| format!(" · {}", name(&class)));
    let car = team.car.as_ref().map(|car| format!(" · {}", name(car)));
    [number, class, car].into_iter().flatten().collect()
}

fn class_name(view: &TeamsView<'_>, team: &Team) -> Option<String> {
    let class = view.class(team.class).filter(|_| view.event.classes.len() > 1)?;
    class.name.as_ref().map(ToString::to_string)
}

fn teamless(view: &TeamsView<'_>) -> Option<String> {
    let people: Vec<String> =
        view.teams.without_team(view.sheet).map(|line| mention(line.discord)).take(30).collect();
    let all = view.teams.without_team(view.sheet).count();
    let more = match all - people.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (all > 0).then(|| format!("**In no team ({all}):** {}{more}", people.join(", ")))
}

/// A team for whoever looks after it; for others, as the list has it.
#[must_use]
pub fn panel(view: &TeamsView<'_>, id: TeamId) -> Body {
    let teams = view.teams.standing(view.sheet, view.gone);
    let Some(team) = teams.get(id) else {
        return Body::new(vec![text("That team was disbanded."), row([back(view)])]);
    };
    let mut parts = vec![text(heading(view, team)), text(people(view, team))];
    if view.may_change(team) {
        parts.extend(choices(view, team));
    }
    parts.push(row(buttons(view, team)));
    Body::new(parts)
}

fn heading(view: &TeamsView<'_>, team: &Team) -> String {
    format!("# {}{}\nA team of **{}**", name(&team.name), about(view, team), name(&view.event.name))
}

fn people(view: &TeamsView<'_>, team: &Team) -> String {
    let captain = team.captain.and_then(|captain| team.mate(captain));
    let captain = captain.map_or_else(|| "nobody yet".to_owned(), |mate| mention(mate.discord));
    let mut lines = vec![format!("**Captain:** {captain}")];
    for duty in Duty::ALL {
        let of: Vec<String> = team.on(duty).map(|mate| mention(mate.discord)).collect();
        if !of.is_empty() || duty == Duty::Driver {
            let who = if of.is_empty() { "nobody yet".to_owned() } else { of.join(", ") };
            lines.push(format!("**{} ({}):** {who}", duties(duty), of.len()));
        }
    }
    let missing: Vec<String> =
        view.teams.missing(team.id, view.sheet, view.gone).map(|mate| mention(mate.discord)).collect();
    if !missing.is_empty() {
        let them = sentence(&missing, "and");
        lines.push(format!("⚠️ **Not there any more:** {them} gave their place up, or left the server"));
    }
    lines.extend(asked(view, team));
    lines.join("\n")
}

/// Who was asked to join, and who declined.
fn asked(view: &TeamsView<'_>, team: &Team) -> Vec<String> {
    let of = |declined: bool| -> Vec<String> {
        let theirs = view.invitations.iter().filter(|one| one.team == team.id);
        let theirs = theirs.filter(|one| one.declined_at.is_some() == declined);
        theirs
            .map(|one| format!("{} ({})", mention(one.mate.discord), duty_word(one.mate.duty).to_lowercase()))
            .collect()
    };
    let line = |what: &str, people: Vec<String>| {
        (!people.is_empty()).then(|| format!("{what} {}", people.join(", ")))
    };
    [line("✉️ **Asked, no answer yet:**", of(false)), line("**Declined:**", of(true))]
        .into_iter()
        .flatten()
        .collect()
}

const fn duties(duty: Duty) -> &'static str {
    match duty {
        Duty::Driver => "Drivers",
        Duty::Reserve => "Reserves",
        Duty::Spotter => "Spotters",
    }
}

/// Who can be added, and who can be changed.
fn choices(view: &TeamsView<'_>, team: &Team) -> Vec<twilight_model::channel::message::Component> {
    let mut parts = Vec::new();
    let all = view.teams.get(team.id).unwrap_or(team);
    let has_room = all.mates.len() < MAX_PEOPLE;
    let free =
        view.teams.without_team(view.sheet).filter(|line| view.organises || line.class == Some(team.class));
    let joins: Vec<_> = free
        .take(MAX_OPTIONS)
        .map(|line| {
            let class = line.class.and_then(|class| view.class(class)).and_then(|class| class.name.as_ref());
            option(&view.called(line.discord), line.user.short(), class.map(|class| class.as_str()))
        })
        .collect();
    if has_room && !joins.is_empty() {
        parts.push(select(&Press::Team(TeamPress::Join(team.id)), "Add somebody of the sheet", joins));
    }
    if has_room && view.organises {
        let add = Press::Team(TeamPress::Add { duty: Duty::Driver, team: team.id });
        parts.push(user_select(&add, "Add a driver from the server"));
    }
    if has_room {
        let add = Press::Team(TeamPress::Add { duty: Duty::Spotter, team: team.id });
        parts.push(user_select(&add, "Add a spotter from the server"));
    }
    let mates: Vec<_> = all
        .mates
        .iter()
        .map(|mate| option(&view.called(mate.discord), mate.user.short(), Some(duty_word(mate.duty))))
        .collect();
    if !mates.is_empty() {
        parts.push(select(&Press::Team(TeamPress::PickMate(team.id)), "Choose somebody to change", mates));
    }
    parts
}

const fn duty_word(duty: Duty) -> &'static str {
    match duty {
        Duty::Driver => "Driver",
        Duty::Reserve => "Reserve",
        Duty::Spotter => "Spotter",
    }
}

fn buttons(view: &TeamsView<'_>, team: &Team) -> Vec<Button> {
    let is_in_it = view.reader.is_some_and(|reader| team.mate(reader).is_some());
    let mut buttons = Vec::new();
    if view.may_change(team) {
        buttons.push(button(ButtonStyle::Primary, "Edit", &Press::Team(TeamPress::Edit(team.id))));
    }
    if view.organises {
        buttons.push(button(ButtonStyle::Danger, "Disband", &Press::Team(TeamPress::Disband(team.id))));
    }
    if view.may_change(team) {
        let ready = Press::Team(TeamPress::Readiness { page: 0, team: team.id });
        buttons.push(button(ButtonStyle::Secondary, "Readiness", &ready));
    }
    let is_asking = view.invitations.iter().any(|one| one.team == team.id);
    if is_asking && view.may_change(team) {
        let unask = Press::Team(TeamPress::Unask(team.id));
        buttons.push(button(ButtonStyle::Secondary, "Take back what was asked", &unask));
    }
    buttons.extend(is_in_it.then(|| readiness::check_button(team.id)));
    buttons.push(back(view));
    buttons
}

fn back(view: &TeamsView<'_>) -> Button {
    let list = Press::Team(TeamPress::List { event: view.event.id, page: 0 });
    button(ButtonStyle::Secondary, "All teams", &list)
}

/// The card of a team, for its own thread.
#[must_use]
pub fn own_card(event: &Event, team: &Team) -> Body {
    let nobody = (HashSet::new(), Sheet::default(), Teams::default());
    let view = TeamsView {
        event,
        gone: &nobody.0,
        invitations: &[],
        names: &[],
        organises: false,
        reader: None,
        sheet: &nobody.1,
        teams: &nobody.2,
    };
    let manage = button(ButtonStyle::Secondary, "Manage team", &Press::Team(TeamPress::Open(team.id)));
    Body::new(vec![
        text(heading(&view, team)),
        text(card::times(event)),
        text(people(&view, team)),
        row([manage]),
    ])
}

/// Says which teams are settled, and what comes next.
#[must_use]
pub fn finalized(
    view: &TeamsView<'_>,
    (fresh, bare): (&[TeamId], &[TeamId]),
    without_roles: Option<usize>,
) -> Body {
    let names = |ids: &[TeamId]| -> Vec<String> {
        let found = ids.iter().filter_map(|id| view.teams.get(*id));
        found.map(|team| format!("**{}**", name(&team.name))).collect()
    };
    let all = view.teams.all().iter().filter(|team| team.is_final()).count();
    let mut lines = vec![match (all, fresh.len()) {
        (0, _) => "No team has a driver yet. `/team manage` puts people in.".to_owned(),
        (all, 0) => format!("{} settled already; nothing changed.", count(all, "team is", "teams are")),
        (_, _) => format!(
            "{} settled. Each gets its thread in the event's channel, with its people and its card; later changes follow by themselves.",
            sentence(&names(fresh), "and"),
        ),
    }];
    lines.extend(without_roles.map(|count| {
        format!("New teams do without a role: the server has {count} of the 250 that Discord allows. Delete some, then `/club health`.")
    }));
    if !bare.is_empty() {
        lines.push(format!("Left out, as nobody drives: {}.", sentence(&names(bare), "and")));
    }
    Body::new(vec![
        text(format!("# Teams of {}\n{}", name(&view.event.name), lines.join("\n"))),
        row([back(view)]),
    ])
}

/// Somebody of a team, and what can be changed about them.
#[must_use]
pub fn mate(view: &TeamsView<'_>, id: TeamId, user: UserId) -> Body {
    let found = view.teams.get(id).and_then(|team| Some((team, team.mate(user)?)));
    let Some((team, mate)) = found else { return panel(view, id) };
    let leads = team.is_led_by(user);
    let captain = if leads { ", and its captain" } else { "" };
    let duty = duty_word(mate.duty).to_lowercase();
    let set = |duty: Duty| {
        let press = Press::Team(TeamPress::SetDuty { duty, team: id, user });
        enabled(button(ButtonStyle::Secondary, duty_word(duty), &press), duty != mate.duty)
    };
    let lead =
        button(ButtonStyle::Secondary, "Make captain", &Press::Team(TeamPress::Lead { team: id, user }));
    let drop = button(ButtonStyle::Danger, "Take out", &Press::Team(TeamPress::Drop { team: id, user }));
    let team_button = button(ButtonStyle::Secondary, "Back to the team", &Press::Team(TeamPress::Show(id)));
    Body::new(vec![
        text(format!("# {}\n{} is a {duty} of the team{captain}.", name(&team.name), mention(mate.discord))),
        row(Duty::ALL.map(set)),
        row([enabled(lead, !leads), drop, team_button]),
    ])
}

/// Asks in which class a new team drives.
#[must_use]
pub fn ask_class(event: &Event, called: &TeamName) -> Body {
    let options = event.classes.iter().map(|class| {
        let label = class.name.as_ref().map_or("Drivers", |class| class.as_str());
        option(label, new_value(class.id, called), None)
    });
    Body::new(vec![
        text(format!("Which class of **{}** does **{}** drive?", name(&event.name), name(called))),
        select(&Press::Team(TeamPress::NewIn(event.id)), "Choose a class", options.collect()),
    ])
}

/// What an option for a new team's class holds: the class, then the team's name.
#[must_use]
pub fn new_value(class: ClassId, called: &TeamName) -> String {
    format!("{}{called}", class.short())
}

/// Reads what [`new_value`] wrote; `None` for anything else.
#[must_use]
pub fn read_new_value(value: &str) -> Option<(ClassId, TeamName)> {
    let (class, called) = value.split_at_checked(CLASS_LENGTH)?;
    Some((ClassId::from_short(class)?, TeamName::parse(called).ok()?))
}

/// How long the short form of an identifier is.
const CLASS_LENGTH: usize = 22;

/// Asks whether a team is to be disbanded.
#[must_use]
pub fn ask_disband(view: &TeamsView<'_>, id: TeamId) -> Body {
    let Some(team) = view.teams.get(id) else { return panel(view, id) };
    let made = if team.is_final() { " Its thread, its role and its rooms go." } else { "" };
    Body::new(vec![
        text(format!(
            "# Disband {}?\n{} keep their places in **{}** and are in no team then.{made}",
            name(&team.name),
            count(team.mates.len(), "person", "people"),
            name(&view.event.name),
        )),
        row([
            button(ButtonStyle::Danger, "Disband it", &Press::Team(TeamPress::DisbandSurely(id))),
            button(ButtonStyle::Secondary, "Keep it", &Press::Team(TeamPress::Show(id))),
        ]),
    ])
}

#[cfg(test)]
mod tests;
