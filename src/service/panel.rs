//! The organisers' panel: what waits for them, and what they answer.

use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{Ask, Service, ServiceError, audit::Deed, roster::Doer, sync::last_sync, work::Work};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        id::{EventId, OwnerId, QuestionId, SeriesId},
        owner::Rank,
        panel::{Answer, FailingOwner, Headroom, Question, Subject, Topic},
        refusal::Refusal,
        sync::Run,
    },
    store::{
        self, Source, bindings, conflicts, events, guilds, messages, owners,
        questions::{self, Asked},
    },
};

/// The most failing owners that are looked at.
const MAX_FAILING: u64 = 25;

/// Everything that the panel shows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PanelView {
    /// The club.
    pub club: Club,
    /// How many accounts may be one of several people.
    pub conflicts: u64,
    /// The owners whose work fails, the oldest failure first.
    pub failing: Vec<FailingOwner>,
    /// What the guild has used of Discord's limits, if that is known.
    pub headroom: Option<Headroom>,
    /// The last sync that was to change something.
    pub last_sync: Option<Run>,
    /// The open questions, the oldest first.
    pub questions: Vec<Question>,
}

/// A question with the answer that an organiser gave.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AnsweredQuestion {
    /// The answer.
    pub answer: Answer,
    /// The question.
    pub question: Question,
}

impl Service {
    /// What waits for the club's organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn panel(&self, actor: &Actor) -> Result<PanelView, ServiceError> {
        let club = self.organised_club(actor).await?;
        let db = self.store();
        let mut questions = Vec::new();
        for asked in questions::open(db, club.guild).await? {
            questions.push(question(db, &club, asked).await?);
        }
        let failing = failing_of(db, &club).await?;
        let headroom = guilds::by_id(db, club.guild).await?.and_then(|guild| guild.headroom);
        let conflicts = conflicts::count(db, club.id).await?;
        let last_sync = last_sync(db, club.id).await?;
        Ok(PanelView { club, conflicts, failing, headroom, last_sync, questions })
    }

    /// Answers a question. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, a question that is settled or doesn't take that answer, and fails when the database does.
    pub async fn answer_question(
        &self,
        ask: Ask<'_, AnsweredQuestion>,
        question: QuestionId,
        answer: Answer,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let asked = questions::by_id(&work.tx, club.guild, question).await?.ok_or(Refusal::Settled)?;
        let by = ask.actor.account.id;
        if !asked.topic.answers().contains(&answer)
            || !questions::answer(&work.tx, (club.guild, question), answer, by, work.now).await?
        {
            return Err(Refusal::Settled.into());
        }
        let (owner, slot) = (asked.owner, asked.slot.as_str());
        match answer {
            Answer::MakeAgain => bindings::allow_remake(&work.tx, owner, slot, work.now).await?,
            Answer::Retry => bindings::look_again(&work.tx, owner, slot, work.now).await?,
            Answer::UseOurs => bindings::use_ours(&work.tx, owner, slot, work.now).await?,
            // Whoever had something to delete waits.
            Answer::Allow | Answer::Keep if asked.topic == Topic::DeletionsPaused => {
                owners::request_all(&work.tx, club.guild, Rank::People, work.now).await?;
            }
            Answer::Allow | Answer::Keep => {
                self.decide_sync(&mut work, &club, &asked.topic, answer, by).await?
            }
            Answer::LeaveIt | Answer::Seen => {}
        }
        let deed = Deed {
            action: "question.answer",
            after: Some(json!({ "answer": answer, "slot": asked.slot, "topic": asked.topic })),
            before: None,
            subject: question.to_string(),
        };
        self.audit(&work, ask.actor, club.id, deed).await?;
        try_again(&mut work, &club, asked.owner).await?;
        let question = self::question(&work.tx, &club, asked).await?;
        self.finish(work, &ask, &AnsweredQuestion { answer, question }).await
    }

    /// Goes on with a sync that waits for a yes, or drops it.
    async fn decide_sync(
        &self,
        work: &mut Work,
        club: &Club,
        topic: &Topic,
        answer: Answer,
        by: Id<UserMarker>,
    ) -> Result<(), ServiceError> {
        let Topic::SyncWaits { sync, .. } = *topic else { return Ok(()) };
        match answer {
            Answer::Allow => self.allow_sync(work, club, sync, by).await,
            _ => self.drop_run(work, club.id, sync, Doer::Account(by)).await.map(drop),
        }
    }

    /// Has an owner's work tried again at once. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an owner that isn't the guild's, and fails when the database does.
    pub async fn retry_owner(&self, ask: Ask<'_, ()>, owner: OwnerId) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        if !owners::is_of_guild(&work.tx, club.guild, owner).await? {
            return Err(Refusal::Settled.into());
        }
        try_again(&mut work, &club, owner).await?;
        self.finish(work, &ask, &()).await
    }
}

/// The club's owners whose work fails, the oldest failure first.
pub(super) async fn failing_of(db: &impl Source, club: &Club) -> Result<Vec<FailingOwner>, ServiceError> {
    let mut failing = Vec::new();
    for owner in owners::failing(db, Some(club.guild), MAX_FAILING).await? {
        failing.push(FailingOwner {
            failure: owner.fault.class,
            owner: owner.owner.id(),
            retry_at: owner.retry_at,
            subject: subject(db, club, owner.owner.id()).await?,
            tries: owner.tries,
        });
    }
    Ok(failing)
}

/// Has everything of the owner's looked at anew, what is parked included.
async fn try_again(work: &mut Work, club: &Club, owner: OwnerId) -> Result<(), ServiceError> {
    bindings::unpark(&work.tx, club.guild, work.now).await?;
    messages::unpark(&work.tx, &[owner]).await?;
    owners::request(&work.tx, &[owner], Rank::People, work.now).await?;
    work.ring_at(work.now);
    Ok(())
}

async fn question(db: &impl Source, club: &Club, asked: Asked) -> Result<Question, ServiceError> {
    let about = subject(db, club, asked.owner).await?;
    Ok(Question { about, asked_at: asked.asked_at, id: asked.id, topic: asked.topic })
}

/// Whose resources an owner's are, as people call it. What is neither an event nor a series is the club's own.
async fn subject(db: &impl Source, club: &Club, owner: OwnerId) -> Result<Subject, ServiceError> {
    if owner == OwnerId::of_guild(club.guild) {
        return Ok(Subject::Club);
    }
    if let Some(event) = events::by_id(db, club.id, EventId::new(owner.uuid())).await? {
        return Ok(Subject::Event(event.name));
    }
    let series = store::series::by_id(db, club.id, SeriesId::new(owner.uuid())).await?;
    Ok(series.map_or(Subject::Club, |series| Subject::Series(series.name)))
}
