//! The roster of a club: entries from a spreadsheet or from the club's site become its people.

use serde_json::json;

use super::{Service, ServiceError, audit::Deed, work::Work};
pub use crate::store::audit::Doer;
use crate::{
    domain::{
        id::{ClubId, UserId},
        member::{LinkedBy, Member},
        refusal::Refusal,
        roster::{
            RosterEntry, RosterLine,
            plan::{Clash, Known, Plan, Step, Verdict, combined, plan},
            preview::Counts,
        },
    },
    store::{Source, clubs, members, users},
};

/// How many entries one transaction writes.
const SLICE: usize = 500;

/// What became of an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Upserted {
    /// What was done.
    pub change: Change,
    /// The person.
    pub user: UserId,
}

/// What was done about an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Change {
    /// Somebody on the roster has changed.
    Changed,
    /// Somebody new is on the roster.
    New,
    /// Somebody known from Discord is on the roster.
    Reconnected,
    /// Nothing: they were on the roster like that.
    Unchanged,
}

/// A plan, and the state of the club's people that it is for.
pub(super) struct Planned {
    mark: (i64, i64),
    pub(super) plan: Plan,
}

/// What became of a part of a roster.
pub(super) enum Carried {
    /// Somebody else changed one of these people at the same time: it has to be planned anew.
    Overtaken,
    /// This became of each of its entries.
    Through(Vec<Result<Upserted, Clash>>),
}

impl Service {
    /// What having these lines in a club's roster would change.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn plan_roster(&self, club: ClubId, lines: &[RosterLine]) -> Result<Plan, ServiceError> {
        plan_in(self.store(), club, lines).await
    }

    /// Has these people in a club's roster, and tells in their order what became of each. Entries with an external id may be sent again.
    /// Up to 500 are written in one transaction; those before a failure stay written.
    ///
    /// # Errors
    ///
    /// When there is no such club, or the database fails.
    pub async fn upsert_people(
        &self,
        club: ClubId,
        lines: &[RosterLine],
        by: Doer,
        request_id: &str,
    ) -> Result<Vec<Result<Upserted, Clash>>, ServiceError> {
        let mut written = Vec::with_capacity(lines.len());
        // Planned before anything waits for it: that takes long for a long list.
        let mark = members::mark(self.store(), club).await?;
        let mut planned = Some(Planned { mark, plan: plan_in(self.store(), club, lines).await? });
        while written.len() < lines.len() {
            let mut work = self.begin().await?;
            let carried = self.carry_out(&mut work, club, lines, (written.len(), by), &mut planned).await?;
            let Carried::Through(part) = carried else { continue };
            let changed = part.iter().flatten().filter(|one| one.change != Change::Unchanged).count();
            if changed > 0 {
                let deed = Deed {
                    action: "roster.upsert",
                    after: Some(json!({ "entries": part.len(), "written": changed })),
                    before: None,
                    subject: club.to_string(),
                };
                self.audit_by(&work, by, club, deed).await?;
            }
            self.commit(work, request_id).await?;
            written.extend(part);
        }
        Ok(written)
    }

    /// Writes the next entries after the first `from`. What was planned before is gone by as long as nobody else changes the club's
    /// people.
    pub(super) async fn carry_out(
        &self,
        work: &mut Work,
        club: ClubId,
        lines: &[RosterLine],
        (from, by): (usize, Doer),
        planned: &mut Option<Planned>,
    ) -> Result<Carried, ServiceError> {
        users::decide_alone(&work.tx).await?;
        if !clubs::hold(&work.tx, club).await? {
            return Err(Refusal::NoClub.into());
        }
        let mark = members::mark(&work.tx, club).await?;
        let plan = match planned.take() {
            Some(planned) if planned.mark == mark => planned.plan,
            _ => plan_in(&work.tx, club, lines).await?,
        };
        let to = lines.len().min(from + SLICE);
        let part: Vec<(&RosterEntry, &Verdict)> =
            lines[from..to].iter().map(|line| &line.entry).zip(&plan.verdicts[from..to]).collect();
        if !self.still_holds(work, club, &part).await? {
            return Ok(Carried::Overtaken);
        }
        let through = self.write(work, club, &part, by).await?;
        *planned = Some(Planned { mark: members::mark(&work.tx, club).await?, plan });
        Ok(Carried::Through(through))
    }

    /// Whether everybody who is to change is as they were; nobody else changes them from here on.
    async fn still_holds(
        &self,
        work: &Work,
        club: ClubId,
        part: &[(&RosterEntry, &Verdict)],
    ) -> Result<bool, ServiceError> {
        let known: Vec<&Member> = part
            .iter()
            .filter_map(|(_, verdict)| match verdict {
                Ok(Step::Change(member) | Step::Reconnect { person: Some(member), .. }) => Some(&**member),
                _ => None,
            })
            .collect();
        let users: Vec<UserId> = known.iter().map(|member| member.user).collect();
        let now = members::lock(&work.tx, club, &users).await?;
        Ok(known.into_iter().all(|member| now.get(&member.user) == Some(member)))
    }

    async fn write(
        &self,
        work: &mut Work,
        club: ClubId,
        part: &[(&RosterEntry, &Verdict)],
        by: Doer,
    ) -> Result<Vec<Result<Upserted, Clash>>, ServiceError> {
        let (mut through, mut created, mut written) =
            (Vec::with_capacity(part.len()), Vec::new(), Vec::new());
        for (entry, verdict) in part {
            let (change, user) = match verdict {
                Err(clash) => {
                    through.push(Err(clash.clone()));
                    continue;
                }
                Ok(Step::Keep(user)) => (Change::Unchanged, *user),
                Ok(Step::Change(known)) => {
                    written.push(entered(Member::clone(known), entry));
                    (Change::Changed, known.user)
                }
                Ok(Step::Create) => {
                    let user = UserId::new(self.0.ids.uuid(work.now));
                    created.push((user, entry.name.to_string()));
                    written.push(on_roster(user, entry));
                    (Change::New, user)
                }
                Ok(Step::Reconnect { found, person }) => {
                    let of = person.as_ref().map(|person| person.user);
                    (Change::Reconnected, self.reconnect(work, (club, by), entry, (*found, of)).await?)
                }
            };
            through.push(Ok(Upserted { change, user }));
        }
        users::create_all(&work.tx, &created, work.now).await?;
        members::put(&work.tx, club, &written, work.now).await?;
        Ok(through)
    }

    /// Makes whoever proved an entry's address the one whom it names.
    async fn reconnect(
        &self,
        work: &mut Work,
        (club, by): (ClubId, Doer),
        entry: &RosterEntry,
        (found, person): (UserId, Option<UserId>),
    ) -> Result<UserId, ServiceError> {
        let mut user = found;
        if let Some(person) = person {
            let elsewhere = members::of_user(&work.tx, found).await?;
            // Of two whom rosters name the oldest stays, as with linking.
            let is_named = elsewhere.iter().any(|(_, member)| member.on_roster);
            user = if is_named { person.min(found) } else { person };
            let other = if user == person { found } else { person };
            self.merge(work, other, user).await?;
        }
        let known = members::by_user(&work.tx, club, user).await?;
        let member = match known {
            Some(known) if known.on_roster => entered(known, entry),
            Some(known) => Member { entry: entry.clone(), on_roster: true, ..known },
            None => on_roster(user, entry),
        };
        members::put(&work.tx, club, &[member], work.now).await?;
        let deed = Deed {
            action: "member.link",
            after: Some(json!({ "by": LinkedBy::Roster })),
            before: None,
            subject: user.to_string(),
        };
        self.audit_by(work, by, club, deed).await?;
        Ok(user)
    }
}

/// What having these lines in a club's roster would change, as things stand.
async fn plan_in(db: &impl Source, club: ClubId, lines: &[RosterLine]) -> Result<Plan, ServiceError> {
    let people = members::of_club(db, club).await?;
    let known = people.iter().map(|member| &member.entry);
    let emails = lines.iter().map(|line| &line.entry).chain(known).filter_map(|entry| entry.email.as_ref());
    let proven = users::proven(db, &emails.collect::<Vec<_>>()).await?;
    Ok(plan(&Known { people: &people, proven: &proven }, lines))
}

/// Somebody of the roster once an entry is taken.
fn entered(known: Member, entry: &RosterEntry) -> Member {
    Member { entry: combined(&known.entry, entry), ..known }
}

/// Somebody who is on the roster and whom the club doesn't know yet.
fn on_roster(user: UserId, entry: &RosterEntry) -> Member {
    Member { entry: entry.clone(), left_at: None, on_roster: true, roles: Vec::new(), user }
}

impl<'u> FromIterator<&'u Upserted> for Counts {
    fn from_iter<T: IntoIterator<Item = &'u Upserted>>(all: T) -> Self {
        let mut counts = Self::default();
        for one in all {
            match one.change {
                Change::Changed => counts.changed += 1,
                Change::New => counts.new += 1,
                Change::Reconnected => counts.reconnected += 1,
                Change::Unchanged => counts.unchanged += 1,
            }
        }
        counts
    }
}
