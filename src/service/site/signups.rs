//! Sign-ups, as a club's site sees and changes them.

use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    super::{Service, ServiceError, audit::Deed, work::Work},
    Doer,
    person::{SitePerson, people},
};
use crate::{
    domain::{
        club::Club,
        event::{Class, Event},
        id::{ClassId, ClubId, EventId, UserId},
        name::{CarName, ClassName, Note},
        patch::Patch,
        refusal::Refusal,
        signup::{Applicant, Behalf, Choice, Decision, Sheet, Signup, SignupState, Standing, Target},
        team::Team,
        text::fold,
    },
    store::{
        Source, events, guild_members, identities, members,
        signups::{self, Written},
        teams, users,
    },
};

/// Somebody's sign-up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteSignup {
    /// The event.
    pub event: Event,
    /// Whether they have a place and are in a team that is settled.
    pub is_assigned: bool,
    /// Who they are.
    pub person: SitePerson,
    /// Their place on the waiting list of their class, from 1.
    pub waiting_place: Option<usize>,
    /// Their line, with when it was written.
    pub written: Written,
}

/// What somebody is to be on a sheet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignupOrder {
    /// The car they drive.
    pub car: Option<CarName>,
    /// The class they drive in.
    pub class: Option<ClassKey>,
    /// What is added to their line.
    pub note: Patch<Note>,
    /// As what.
    pub standing: Standing,
}

/// How a class is named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClassKey {
    /// By its identifier.
    Id(ClassId),
    /// By its name, in whatever case.
    Name(ClassName),
}

/// What became of an order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ordered {
    /// They are that, or wait for a place.
    Done(Box<SiteSignup>),
    /// Nothing has changed: one of these cars of the class has to be chosen.
    PickCar(Vec<CarName>),
    /// Nothing has changed: one of these classes has to be chosen.
    PickClass(Vec<ClassName>),
}

impl Service {
    /// Who signed up for an event, by person after one.
    ///
    /// # Errors
    ///
    /// Refuses an event that the club doesn't have, and fails when the database does.
    pub async fn site_signups(
        &self,
        club: ClubId,
        event: EventId,
        after: Option<UserId>,
        limit: u64,
    ) -> Result<Vec<SiteSignup>, ServiceError> {
        let event = events::by_id(self.store(), club, event).await?.ok_or(Refusal::UnknownEvent)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let is_next = |line: &Signup| after.is_none_or(|after| line.user > after);
        listed(self.store(), &event, is_next, limit).await
    }

    /// Somebody's sign-up for an event; `None` where they said nothing about it.
    ///
    /// # Errors
    ///
    /// Refuses an event that the club doesn't have, and fails when the database does.
    pub async fn site_signup(
        &self,
        club: ClubId,
        event: EventId,
        user: UserId,
    ) -> Result<Option<SiteSignup>, ServiceError> {
        let event = events::by_id(self.store(), club, event).await?.ok_or(Refusal::UnknownEvent)?;
        let user = users::current(self.store(), user).await?.unwrap_or(user);
        Ok(listed(self.store(), &event, |line| line.user == user, 1).await?.pop())
    }

    /// Has somebody be that on an event's sheet, on its organisers' behalf: closed sign-ups, the cut-off and roles don't hold, caps do.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord; an event that is unknown, cancelled or over; a person whom the club doesn't know, or
    /// who has no Discord account; a class or car that the event doesn't have; a note for somebody who doesn't come. Fails when the
    /// database does.
    pub async fn order_signup(
        &self,
        club: ClubId,
        (event, user): (EventId, UserId),
        order: SignupOrder,
        by: Doer,
        request_id: &str,
    ) -> Result<Ordered, ServiceError> {
        let club = self.site_club(club).await?.on_discord().ok_or(Refusal::NotOnDiscord)?;
        let mut work = self.begin().await?;
        let user = users::current(&work.tx, user).await?.ok_or(Refusal::UnknownPerson)?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let discord = account(&work, &club, &sheet, user).await?;
        let who = Applicant { behalf: Behalf::Organisers, discord, user };
        let target = order.target(&event)?;
        let lines = match sheet.bring(&event, &who, &target, work.now)? {
            Decision::Change(lines) => lines,
            Decision::Unchanged | Decision::AskWithdraw => Vec::new(),
            Decision::PickCar(class) => {
                return Ok(Ordered::PickCar(
                    event.class(class).map(|it| it.cars.clone()).unwrap_or_default(),
                ));
            }
            Decision::PickClass => {
                return Ok(Ordered::PickClass(
                    event.classes.iter().filter_map(|it| it.name.clone()).collect(),
                ));
            }
        };
        self.write_order(&mut work, by, (&club, &event), (&sheet, user), lines).await?;
        let signup = listed(&work.tx, &event, |line| line.user == user, 1).await?.pop();
        let signup = signup.ok_or(Refusal::UnknownPerson)?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok(Ordered::Done(Box::new(signup)))
    }

    /// Writes changed lines, with who changed somebody's, and has Discord follow.
    async fn write_order(
        &self,
        work: &mut Work,
        by: Doer,
        (club, event): (&Club, &Event),
        (before, user): (&Sheet, UserId),
        lines: Vec<Signup>,
    ) -> Result<(), ServiceError> {
        if lines.is_empty() {
            return Ok(());
        }
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        let after = lines.iter().find(|line| line.user == user);
        let deed = Deed {
            action: "signup.put",
            after: after.map(|line| told(event, line)),
            before: before.of(user).map(|line| told(event, line)),
            subject: format!("{}/{user}", event.id),
        };
        self.audit_by(work, by, club.id, deed).await?;
        let concerns_others = lines.iter().any(|line| line.user != user);
        self.follow(work, (club, event), false, concerns_others).await
    }
}

impl SignupOrder {
    fn target(self, event: &Event) -> Result<Target, Refusal> {
        let class = match self.class {
            None => None,
            Some(ClassKey::Id(id)) => Some(id),
            Some(named) => Some(named.of(event)?),
        };
        Ok(Target { choice: Choice { car: self.car, class }, note: self.note, standing: self.standing })
    }
}

impl ClassKey {
    /// The class of the event that it names.
    pub(super) fn of(&self, event: &Event) -> Result<ClassId, Refusal> {
        let is_it = |class: &&Class| match self {
            Self::Id(id) => class.id == *id,
            Self::Name(name) => {
                class.name.as_ref().is_some_and(|of| fold(of.as_str()) == fold(name.as_str()))
            }
        };
        Ok(event.classes.iter().find(is_it).ok_or(Refusal::UnknownClass)?.id)
    }
}

/// The account that somebody of the club acts with: the one on the sheet, else one that is in the server, the one linked last first.
pub(super) async fn account(
    work: &Work,
    club: &Club,
    sheet: &Sheet,
    user: UserId,
) -> Result<Id<UserMarker>, ServiceError> {
    if let Some(line) = sheet.of(user) {
        return Ok(line.discord);
    }
    members::by_user(&work.tx, club.id, user).await?.ok_or(Refusal::UnknownPerson)?;
    let accounts = identities::of(&work.tx, user).await?;
    for one in &accounts {
        let id = one.account.id;
        if guild_members::by_account(&work.tx, club.guild, id).await?.is_some() {
            return Ok(id);
        }
    }
    Ok(accounts.first().ok_or(Refusal::NotLinked)?.account.id)
}

/// The lines of an event that are wanted, by person, with who they are: a fixed number of reads.
async fn listed(
    db: &impl Source,
    event: &Event,
    is_wanted: impl Fn(&Signup) -> bool,
    limit: usize,
) -> Result<Vec<SiteSignup>, ServiceError> {
    let all = signups::written(db, event.id).await?;
    let sheet = Sheet::new(all.iter().map(|written| written.line.clone()).collect());
    let page: Vec<Written> = all.into_iter().filter(|written| is_wanted(&written.line)).take(limit).collect();
    let acting = page.iter().map(|written| (written.line.user, written.line.discord));
    let mut known = people(db, event.club, &acting.collect::<Vec<_>>()).await?;
    let teams = teams::of_event(db, event.id).await?;
    let signup = |written: Written| {
        let line = &written.line;
        let in_settled = || teams.of(line.user).is_some_and(Team::is_final);
        Some(SiteSignup {
            event: event.clone(),
            is_assigned: line.state.has_place() && in_settled(),
            person: known.remove(&line.user)?,
            waiting_place: place(&sheet, line),
            written,
        })
    };
    Ok(page.into_iter().filter_map(signup).collect())
}

/// Somebody's place on the waiting list of their class, from 1.
fn place(sheet: &Sheet, line: &Signup) -> Option<usize> {
    let class = line.class.filter(|_| line.state == SignupState::Waiting)?;
    sheet.in_state(class, SignupState::Waiting).position(|other| other.user == line.user).map(|at| at + 1)
}

/// What an audit row tells of a line.
fn told(event: &Event, line: &Signup) -> Value {
    let class = line.class.and_then(|id| event.class(id)).and_then(|class| class.name.as_ref());
    json!({ "car": line.car, "class": class, "note": line.note, "state": line.state, "user": line.user })
}
