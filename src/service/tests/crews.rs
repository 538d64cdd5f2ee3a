use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::Id;

use super::stage::{ORGANISERS, Outcome, Stage, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        actor::Actor,
        crew::{Budget, DraftRules, Target},
        event::Event,
        id::{EventId, UserId},
        refusal::{Refusal, TeamRefusal},
        signup::Wish,
    },
    service::{
        crew::{AcceptedCrews, CrewsFacts, CrewsWanted, MovedMate, Wanted},
        partners::Partners,
    },
    store::{audit, crew_drafts, partners, preferences},
};

impl Stage {
    async fn ask_crews(&self, actor: &Actor, event: EventId, wanted: Wanted) -> Outcome<()> {
        let token = SecretString::from("token");
        self.asked(actor, None, async |ask| self.service.ask_crews(ask, &token, (event, wanted)).await).await
    }

    /// Does what a job does; says at which revision the crews stand then.
    async fn search(&self, actor: &Actor, event: EventId) -> CrewsFacts {
        if let CrewsWanted::Search(search, revision) = self.service.crews_wanted(actor, event).await.unwrap()
        {
            let proposal = search.run(Budget { steps: 1_000, ..Budget::default() });
            self.service.keep_crews(actor, (event, revision), (&search, &proposal)).await.unwrap();
        }
        self.service.crews(actor, event).await.unwrap()
    }

    async fn move_mate(
        &self,
        actor: &Actor,
        (event, revision): (EventId, u64),
        moved: (UserId, Target),
    ) -> Outcome<MovedMate> {
        self.asked(actor, None, async |ask| self.service.move_mate(ask, (event, revision), moved).await).await
    }

    async fn accept(
        &self,
        actor: &Actor,
        key: Option<&str>,
        (event, revision): (EventId, u64),
    ) -> Outcome<AcceptedCrews> {
        self.asked(actor, key, async |ask| self.service.accept_crews(ask, (event, revision)).await).await
    }

    async fn discard(&self, actor: &Actor, event: EventId) -> Outcome<()> {
        self.asked(actor, None, async |ask| self.service.discard_crews(ask, event).await).await
    }

    async fn name_partners(&self, actor: &Actor, event: EventId, named: &[u64]) -> Outcome<Partners> {
        let named: Vec<_> = named.iter().map(|number| Id::new(*number)).collect();
        self.asked(actor, None, async |ask| self.service.name_partners(ask, event, &named).await).await
    }

    async fn crowd(&self, classes: &str, people: u64) -> Event {
        let (facts, _) = self.create(&manager(1), spa(classes)).await.unwrap();
        for number in 100..100 + people {
            let wish = Wish::sign_up(Some(facts.event.classes[0].id));
            self.press(&person(number, 1), facts.event.id, wish).await.unwrap();
        }
        self.serve(1).await;
        facts.event
    }
}

fn no_proposal() -> Refusal {
    TeamRefusal::NoProposal.into()
}

#[tokio::test]
async fn crews_become_teams_once() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.crowd("GT3\nGTP", 6).await;
        let rules = DraftRules { max: 3, ..DraftRules::default() };
        stage.ask_crews(&manager(1), event.id, Wanted::By(rules)).await.unwrap();
        let found = stage.search(&manager(1), event.id).await;
        assert_eq!((found.revision, found.preview.draft.crews.len()), (2, 2));
        // A job that dies after it has kept them finds them there.
        let wanted = stage.service.crews_wanted(&manager(1), event.id).await.unwrap();
        assert!(matches!(wanted, CrewsWanted::Found));
        let first = &found.preview.draft.crews[0];
        let (user, number) = (first.people[0], found.preview.draft.crews[1].number);
        let at = (event.id, found.revision);
        let (moved, _) = stage.move_mate(&manager(1), at, (user, Target::Crew(number))).await.unwrap();
        assert_eq!(moved.after.preview.draft.crew_of(user).unwrap().number, number);
        let late = stage.move_mate(&manager(1), at, (user, Target::Out)).await;
        assert_eq!(refusal(late), TeamRefusal::ProposalMoved.into());
        assert_eq!(refusal(stage.accept(&manager(1), None, at).await), TeamRefusal::ProposalMoved.into());
        let at = (event.id, moved.after.revision);
        let (accepted, callback) = stage.accept(&manager(1), Some("i:once"), at).await.unwrap();
        let sizes: Vec<_> =
            accepted.after.teams.all().iter().map(|team| (team.name.as_str(), team.mates.len())).collect();
        assert_eq!(sizes, [("GT3 1", 2), ("GT3 2", 4)]);
        assert_eq!((accepted.made.len(), accepted.filled.len()), (2, 0));
        let answered: Option<Value> = stage.service.answered("i:once").await.unwrap();
        assert_eq!(answered, Some(callback), "a repeat gets the first answer");
        assert_eq!(refusal(stage.accept(&manager(1), None, at).await), no_proposal());
        let of_teams = audit::of_club(&stage.store, club.id, 50).await.unwrap();
        let of_teams = of_teams.into_iter().filter(|entry| entry.action == "team.create");
        assert_eq!(of_teams.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_organisers_have_crews_proposed_each_their_own() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.crowd("GT3", 4).await;
        let steward = Actor { roles: vec![Id::new(ORGANISERS)], ..person(100, 1) };
        stage.ask_crews(&steward, event.id, Wanted::Shown).await.unwrap();
        let found = stage.search(&steward, event.id).await;
        let at = (event.id, found.revision);
        let user = stage.who(101).await;
        let driver = person(101, 1);
        let not = Refusal::NotOrganiser;
        assert_eq!(refusal(stage.ask_crews(&driver, event.id, Wanted::Again).await), not);
        assert_eq!(refusal(stage.service.crews(&driver, event.id).await), not);
        assert_eq!(refusal(stage.service.open_crew_rules(&driver, event.id).await), not);
        assert_eq!(refusal(stage.move_mate(&driver, at, (user, Target::Out)).await), not);
        assert_eq!(refusal(stage.accept(&driver, None, at).await), not);
        assert_eq!(refusal(stage.discard(&driver, event.id).await), not);
        // Another organiser's is another.
        assert_eq!(refusal(stage.service.crews(&manager(1), event.id).await), no_proposal());
        assert_eq!(refusal(stage.accept(&manager(1), None, at).await), no_proposal());
        assert_eq!(stage.service.open_crew_rules(&steward, event.id).await.unwrap(), DraftRules::default());
        stage.discard(&steward, event.id).await.unwrap();
        assert_eq!(refusal(stage.service.crews(&steward, event.id).await), no_proposal());
        assert_eq!(refusal(stage.service.crews_wanted(&steward, event.id).await), no_proposal());
    })
    .await;
}

#[tokio::test]
async fn a_proposal_waits_for_a_day() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.crowd("GT3", 4).await;
        stage.ask_crews(&manager(1), event.id, Wanted::Shown).await.unwrap();
        let found = stage.search(&manager(1), event.id).await;
        let user = stage.who(101).await;
        let at = (event.id, found.revision);
        stage.move_mate(&manager(1), at, (user, Target::Out)).await.unwrap();
        // Shown again it stays as it was moved; searched again the others are arranged around them.
        stage.ask_crews(&manager(1), event.id, Wanted::Shown).await.unwrap();
        assert!(stage.search(&manager(1), event.id).await.preview.draft.is_by_hand);
        stage.ask_crews(&manager(1), event.id, Wanted::Again).await.unwrap();
        let again = stage.search(&manager(1), event.id).await.preview;
        assert!(!again.draft.is_by_hand && again.draft.moved.len() == 1);
        let now = stage.clock.now();
        stage.at(now.saturating_add(jiff::SignedDuration::from_hours(24)).unwrap());
        assert_eq!(refusal(stage.service.crews(&manager(1), event.id).await), no_proposal());
        assert_eq!(crew_drafts::purge(&stage.store, stage.clock.now()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn crews_that_were_found_for_something_else_are_dropped() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.crowd("GT3", 4).await;
        stage.ask_crews(&manager(1), event.id, Wanted::Shown).await.unwrap();
        let CrewsWanted::Search(search, revision) =
            stage.service.crews_wanted(&manager(1), event.id).await.unwrap()
        else {
            panic!("they weren't searched for yet")
        };
        let proposal = search.run(Budget { steps: 1_000, ..Budget::default() });
        let rules = DraftRules { max: 2, ..DraftRules::default() };
        stage.ask_crews(&manager(1), event.id, Wanted::By(rules)).await.unwrap();
        stage.service.keep_crews(&manager(1), (event.id, revision), (&search, &proposal)).await.unwrap();
        let wanted = stage.service.crews_wanted(&manager(1), event.id).await.unwrap();
        assert!(matches!(wanted, CrewsWanted::Search(..)));
        let found = stage.search(&manager(1), event.id).await;
        assert_eq!(found.preview.draft.crews.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn people_say_with_whom_and_how_well_they_drive() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.crowd("GT3", 3).await;
        let anna = person(100, 1);
        let (named, _) = stage.name_partners(&anna, event.id, &[100, 101, 500, 102, 7]).await.unwrap();
        assert_eq!(named.named, [101, 500, 102].map(Id::new), "three others");
        assert_eq!(stage.service.partners(&anna, event.id).await.unwrap().named.len(), 3);
        let stranger = stage.name_partners(&person(999, 1), event.id, &[100]).await;
        assert_eq!(refusal(stranger), Refusal::NotSignedUp(event.name.clone()));
        let rating = "2450".parse().ok();
        let rated: Outcome<_> =
            stage.asked(&anna, None, async |ask| stage.service.rate(ask, rating).await).await;
        rated.unwrap();
        assert_eq!(stage.service.open_rating(&anna).await.unwrap(), rating);
        // It all goes along with whom they turn out to be.
        stage.ask_crews(&manager(1), event.id, Wanted::Shown).await.unwrap();
        stage.search(&manager(1), event.id).await;
        let (from, into) = (stage.who(100).await, stage.who(102).await);
        let mut work = stage.service.begin().await.unwrap();
        stage.service.merge(&mut work, from, into).await.unwrap();
        work.tx.commit().await.unwrap();
        assert_eq!(partners::of(&stage.store, event.id, into).await.unwrap(), named.named);
        assert_eq!(preferences::rating(&stage.store, into).await.unwrap(), rating);
        let facts = stage.service.crews(&manager(1), event.id).await.unwrap();
        let people: Vec<UserId> =
            facts.preview.draft.crews.iter().flat_map(|crew| crew.people.clone()).collect();
        assert!(people.contains(&into) && !people.contains(&from), "{people:?}");
        assert!(facts.preview.is_stale);
    })
    .await;
}
