//! Templates: what an event is like, kept under a name for those to come.

use serde_json::Value;

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        blueprint::Blueprint,
        club::{Club, Series},
        id::{EventId, TemplateId},
        name::EventName,
        refusal::{Fault, Field, Problem, Refusal},
        template::Template,
    },
    store::{self, events, templates},
};

/// The most templates of a club.
const MAX: usize = 100;

/// A template with its series, archived or not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TemplateView {
    /// The series that its events belong to.
    pub series: Option<Series>,
    /// The template.
    pub template: Template,
}

impl Service {
    /// Keeps what an event is like under a name; instead of the template that has it, if that is to be replaced. Returns the callback
    /// to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, an event that is unknown, a name that another template has, and more templates than a club
    /// may have; fails when the database does.
    pub async fn save_template(
        &self,
        ask: Ask<'_, Template>,
        event: EventId,
        (name, replace): (EventName, bool),
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = events::by_id(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let namesake = templates::by_name(&work.tx, club.id, &name).await?;
        let id = match &namesake {
            Some(namesake) if replace => namesake.id,
            Some(_) => return Err(taken(true).into()),
            None => TemplateId::new(self.0.ids.uuid(work.now)),
        };
        let blueprint = Blueprint::of(&event);
        let template = Template { blueprint, club: club.id, id, name, series: event.series };
        if namesake.is_some() {
            templates::save(&work.tx, &template, work.now).await?;
        } else {
            if templates::of_club(&work.tx, club.id).await?.len() >= MAX {
                return Err(Refusal::TemplatesFull.into());
            }
            templates::create(&work.tx, &template, work.now).await?;
        }
        let action = if namesake.is_some() { "template.replace" } else { "template.create" };
        self.audit_template(&work, ask.actor, action, (namesake.as_ref(), Some(&template))).await?;
        self.finish(work, &ask, &template).await
    }

    /// Gives a template another name. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, a template that is unknown and a name that another has, and fails when the database does.
    pub async fn rename_template(
        &self,
        ask: Ask<'_, Template>,
        id: TemplateId,
        name: EventName,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = template_of(&work, &club, id).await?;
        let template = Template { name, ..before.clone() };
        if !templates::save(&work.tx, &template, work.now).await? {
            return Err(taken(false).into());
        }
        let change = (Some(&before), Some(&template));
        self.audit_template(&work, ask.actor, "template.rename", change).await?;
        self.finish(work, &ask, &template).await
    }

    /// Deletes a template; the events made from it stay. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and a template that is unknown, and fails when the database does.
    pub async fn delete_template(
        &self,
        ask: Ask<'_, Template>,
        id: TemplateId,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let template = template_of(&work, &club, id).await?;
        templates::delete(&work.tx, club.id, id).await?;
        self.audit_template(&work, ask.actor, "template.delete", (Some(&template), None)).await?;
        self.finish(work, &ask, &template).await
    }

    async fn audit_template(
        &self,
        work: &Work,
        actor: &Actor,
        action: &'static str,
        (before, after): (Option<&Template>, Option<&Template>),
    ) -> Result<(), ServiceError> {
        let Some(subject) = after.or(before) else { return Ok(()) };
        let deed = Deed {
            action,
            after: after.map(audit::template),
            before: before.map(audit::template),
            subject: subject.id.to_string(),
        };
        self.audit(work, actor, subject.club, deed).await
    }

    /// The club's templates by name, for one of its organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn templates(&self, actor: &Actor) -> Result<Vec<Template>, ServiceError> {
        let club = self.organised_club(actor).await?;
        Ok(templates::of_club(self.store(), club.id).await?)
    }

    /// A template, for one of the club's organisers.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and a template that is unknown, and fails when the database does.
    pub async fn template(&self, actor: &Actor, id: TemplateId) -> Result<TemplateView, ServiceError> {
        let club = self.organised_club(actor).await?;
        let template = templates::by_id(self.store(), club.id, id).await?.ok_or(Refusal::UnknownTemplate)?;
        let series = match template.series {
            Some(id) => store::series::by_id(self.store(), club.id, id).await?,
            None => None,
        };
        Ok(TemplateView { series, template })
    }

    /// The club's templates whose name holds what was typed, at most `limit`; none where the guild has no club.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn search_templates(
        &self,
        actor: &Actor,
        typed: &str,
        limit: u64,
    ) -> Result<Vec<Template>, ServiceError> {
        let Some(club) = self.find_club(actor.guild).await? else { return Ok(Vec::new()) };
        Ok(templates::search(self.store(), club.id, typed, limit).await?)
    }
}

async fn template_of(work: &Work, club: &Club, id: TemplateId) -> Result<Template, ServiceError> {
    Ok(templates::by_id(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownTemplate)?)
}

fn taken(replaceable: bool) -> Refusal {
    Refusal::Form(vec![Fault { field: Field::Name, problem: Problem::TemplateTaken { replaceable } }])
}
