use serde_json::Value;
use twilight_model::id::Id;

use super::stage::{Outcome, Stage, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        actor::Actor,
        event::Event,
        id::TeamId,
        readiness::{Check, Readiness, Told},
        refusal::{Refusal, TeamRefusal},
        settings::Toggle,
        team::Duty,
    },
    service::{
        Service, ServiceError,
        readiness::OwnReadiness,
        settings::SettingsChange,
        team::{TeamChange, TeamOutcome},
    },
    store::{
        readiness,
        testing::{commit, guild, noon},
        users,
    },
};

impl Stage {
    /// A team of an event with these people, the first of whom leads it.
    async fn crew(&self, people: &[u64]) -> (Event, TeamId) {
        self.club(1).await;
        let (facts, _) = self.create(&manager(1), spa("")).await.unwrap();
        let event = facts.event;
        let new = ("Red".parse().unwrap(), event.classes[0].id);
        let made: Outcome<TeamOutcome> = self
            .asked(&manager(1), None, async |ask| self.service.create_team(ask, event.id, new).await)
            .await;
        let team = made.unwrap().0.team;
        for number in people {
            let add = TeamChange::Add(person(*number, 1).account, Duty::Driver);
            self.with(team, add).await;
        }
        let first = self.service.racer(guild(1), Id::new(people[0]), team).await.unwrap().user;
        self.with(team, TeamChange::Lead(first)).await;
        (event, team)
    }

    async fn with(&self, team: TeamId, change: TeamChange) {
        let done: Outcome<TeamOutcome> = self
            .asked(&manager(1), None, async |ask| self.service.change_team(ask, team, change).await)
            .await;
        done.unwrap();
    }

    async fn asks(&self, actor: &Actor, team: TeamId) -> Result<((), Value), ServiceError> {
        let token = "token".to_owned().into();
        self.asked(actor, None, async |ask| self.service.check_readiness(ask, &token, team).await).await
    }

    async fn says(&self, actor: &Actor, team: TeamId, hears: bool) -> Outcome<OwnReadiness> {
        self.asked(actor, None, async |ask| self.service.say_hears(ask, team, hears).await).await
    }
}

fn check(team: TeamId) -> Check {
    Check {
        at: noon(0),
        connected: Some(false),
        in_thread: Told::Yes,
        joins: Told::Yes,
        sees: Told::Unknown,
        team,
        voice: Some(Id::new(70)),
    }
}

async fn noted(service: &Service, account: u64, check: &Check) -> OwnReadiness {
    let who = service.racer(guild(1), Id::new(account), check.team).await.unwrap();
    service.note_readiness(who, check).await.unwrap()
}

fn only_mates() -> Refusal {
    TeamRefusal::OnlyMates("Red".parse().unwrap()).into()
}

#[tokio::test]
async fn the_people_of_a_team_are_checked_and_nobody_else() {
    on_stage(|stage| async move {
        let (event, team) = stage.crew(&[100, 101]).await;
        stage.asks(&person(100, 1), team).await.unwrap();
        assert_eq!(refusal(stage.asks(&person(300, 1), team).await), only_mates());
        assert_eq!(refusal(stage.asks(&manager(1), team).await), only_mates());
        stage.club(2).await;
        assert_eq!(refusal(stage.asks(&person(100, 2), team).await), TeamRefusal::Unknown.into());
        let off = SettingsChange::Toggle(Toggle::Integration, false);
        stage.settings(&manager(1), off).await.unwrap();
        assert_eq!(refusal(stage.asks(&person(100, 1), team).await), Refusal::Paused);
        stage.clock.set(event.end());
        assert_eq!(refusal(stage.asks(&person(100, 1), team).await), Refusal::EventOver(event.name));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_says_stays_when_they_are_checked_again() {
    on_stage(|stage| async move {
        let (_, team) = stage.crew(&[100, 101]).await;
        assert_eq!(refusal(stage.says(&person(100, 1), team, true).await), Refusal::Outdated, "not checked");
        let first = noted(&stage.service, 100, &check(team)).await;
        assert_eq!(first.readiness, Readiness { check: check(team), hears: None });
        let (said, _) = stage.says(&person(100, 1), team, false).await.unwrap();
        assert_eq!(said.readiness.hears, Some(false));
        let again = Check { connected: Some(true), sees: Told::Yes, voice: None, ..check(team) };
        let second = noted(&stage.service, 100, &again).await;
        assert_eq!(second.readiness, Readiness { check: again, hears: Some(false) });
        assert_eq!(refusal(stage.says(&person(300, 1), team, true).await), only_mates());
        let user = second.who.user;
        stage.with(team, TeamChange::Drop(user)).await;
        assert_eq!(refusal(stage.says(&person(100, 1), team, true).await), only_mates());
    })
    .await;
}

#[tokio::test]
async fn of_two_that_are_one_what_is_known_of_whom_they_are_stays() {
    on_stage(|stage| async move {
        let (event, team) = stage.crew(&[100, 101, 102]).await;
        let later = Check { connected: None, ..check(team) };
        let (one, two) =
            (noted(&stage.service, 100, &check(team)).await, noted(&stage.service, 101, &later).await);
        commit(&stage.store, async |tx| users::merge(tx, one.who.user, two.who.user, noon(0)).await.unwrap())
            .await;
        let known = readiness::of_event(&stage.store, event.id).await.unwrap();
        assert_eq!((known.len(), &known[&two.who.user]), (1, &two.readiness));
        let third = stage.service.racer(guild(1), Id::new(102), team).await.unwrap().user;
        commit(&stage.store, async |tx| users::merge(tx, two.who.user, third, noon(0)).await.unwrap()).await;
        let known = readiness::of_event(&stage.store, event.id).await.unwrap();
        assert_eq!(
            (known.len(), &known[&third]),
            (1, &two.readiness),
            "where nothing was known, it comes along"
        );
    })
    .await;
}

#[tokio::test]
async fn captains_see_their_team_and_organisers_see_all() {
    on_stage(|stage| async move {
        let (event, team) = stage.crew(&[100, 101]).await;
        let own = noted(&stage.service, 101, &check(team)).await;
        for actor in [&person(100, 1), &manager(1)] {
            let facts = stage.service.readiness_of_team(actor, team).await.unwrap();
            assert_eq!(facts.checked.len(), 1);
            assert_eq!(facts.checked[&own.who.user], own.readiness);
        }
        let refused = stage.service.readiness_of_team(&person(101, 1), team).await;
        assert_eq!(refusal(refused), TeamRefusal::NotCaptain("Red".parse().unwrap()).into());
        let all = stage.service.readiness_of_event(&manager(1), event.id).await.unwrap();
        assert_eq!(all.checked.len(), 1);
        let refused = stage.service.readiness_of_event(&person(100, 1), event.id).await;
        assert_eq!(refusal(refused), Refusal::NotOrganiser);
        // What is known goes with the team.
        let gone: Outcome<TeamOutcome> =
            stage.asked(&manager(1), None, async |ask| stage.service.disband_team(ask, team).await).await;
        gone.unwrap();
        let all = stage.service.readiness_of_event(&manager(1), event.id).await.unwrap();
        assert!(all.checked.is_empty());
    })
    .await;
}
