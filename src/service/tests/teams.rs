use serde_json::Value;
use twilight_model::id::Id;

use super::stage::{Outcome, Stage, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        actor::Actor,
        event::Event,
        id::{OwnerId, TeamId, UserId},
        refusal::{Fault, Field, Problem, Refusal, TeamRefusal},
        signup::{SignupState, Wish},
        team::{Duty, Team},
    },
    service::{
        ServiceError,
        event::EventFacts,
        team::{TeamChange, TeamEdit, TeamOutcome},
    },
    store::{audit, testing::commit, users},
};

impl Stage {
    async fn team(&self, actor: &Actor, event: &Event, name: &str, class: usize) -> Outcome<TeamOutcome> {
        let new = (name.parse().unwrap(), event.classes[class].id);
        self.asked(actor, None, async |ask| self.service.create_team(ask, event.id, new).await).await
    }

    async fn change(&self, actor: &Actor, team: TeamId, change: TeamChange) -> Outcome<TeamOutcome> {
        self.asked(actor, None, async |ask| self.service.change_team(ask, team, change).await).await
    }

    async fn rename(&self, actor: &Actor, team: &Team, edit: TeamEdit) -> Outcome<TeamOutcome> {
        let at = (team.id, team.revision);
        self.asked(actor, None, async |ask| self.service.edit_team(ask, at, edit).await).await
    }

    async fn disband(&self, actor: &Actor, team: TeamId) -> Outcome<TeamOutcome> {
        self.asked(actor, None, async |ask| self.service.disband_team(ask, team).await).await
    }

    async fn event_with(&self, classes: &str, people: u64) -> EventFacts {
        let (facts, _) = self.create(&manager(1), spa(classes)).await.unwrap();
        for number in 100..100 + people {
            let wish = Wish::sign_up(Some(facts.event.classes[0].id));
            self.press(&person(number, 1), facts.event.id, wish).await.unwrap();
        }
        self.serve(1).await;
        facts
    }

    async fn user_of(&self, number: u64) -> UserId {
        let account = person(number, 1).account;
        let fresh = UserId::new(uuid::Uuid::from_u64_pair(77, number));
        let now = self.clock.now();
        commit(&self.store, async |tx| users::of_account(tx, &account, fresh, now).await.unwrap()).await
    }
}

fn of(outcome: &TeamOutcome) -> &Team {
    outcome.after.teams.get(outcome.team).unwrap()
}

fn add(number: u64, duty: Duty) -> TeamChange {
    TeamChange::Add(person(number, 1).account, duty)
}

fn edit(name: &str, number: &str) -> TeamEdit {
    TeamEdit { car: None, name: name.parse().unwrap(), number: number.parse().ok() }
}

fn made(outcome: Result<(TeamOutcome, Value), ServiceError>) -> TeamOutcome {
    outcome.unwrap().0
}

#[tokio::test]
async fn a_team_is_made_filled_led_and_disbanded() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.event_with("GT3 x 4", 2).await.event;
        let red = made(stage.team(&manager(1), &event, "Red", 0).await);
        let id = red.team;
        for change in [
            TeamChange::Join(stage.user_of(100).await, Duty::Driver),
            add(101, Duty::Reserve),
            add(500, Duty::Driver),
            add(501, Duty::Spotter),
            TeamChange::Lead(stage.user_of(500).await),
        ] {
            made(stage.change(&manager(1), id, change).await);
        }
        let facts = stage.service.team(&manager(1), id).await.unwrap();
        let team = facts.teams.get(id).unwrap();
        let duties: Vec<_> = team.mates.iter().map(|mate| (mate.discord.get(), mate.duty)).collect();
        use Duty::{Driver, Reserve, Spotter};
        assert_eq!(duties, [(100, Driver), (101, Reserve), (500, Driver), (501, Spotter)]);
        assert_eq!(team.captain, Some(stage.user_of(500).await));
        // Whoever drives has got a place, whoever spots needs none.
        let state =
            |number: u64| facts.facts.sheet.lines().iter().find(|line| line.discord == Id::new(number));
        assert_eq!(state(500).unwrap().state, SignupState::In);
        assert!(state(501).is_none());
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(event.id)]);
        let after = made(stage.disband(&manager(1), id).await);
        assert!(after.after.teams.all().is_empty());
        let actions: Vec<String> = audit::of_club(&stage.store, club.id, 50)
            .await
            .unwrap()
            .into_iter()
            .map(|entry| entry.action)
            .filter(|action| action.starts_with("team."))
            .collect();
        assert_eq!(actions.len(), 7, "{actions:?}");
        assert_eq!(refusal(stage.disband(&manager(1), id).await), TeamRefusal::Unknown.into());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_in_two_teams_and_a_full_class_takes_nobody() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.event_with("GT3 x 2\nGTP x 1", 2).await.event;
        let red = made(stage.team(&manager(1), &event, "Red", 0).await).team;
        let blue = made(stage.team(&manager(1), &event, "Blue", 1).await).team;
        let anna = stage.user_of(100).await;
        made(stage.change(&manager(1), red, TeamChange::Join(anna, Duty::Driver)).await);
        let moved = made(stage.change(&manager(1), blue, TeamChange::Join(anna, Duty::Driver)).await);
        assert_eq!(moved.after.teams.of(anna).map(|team| team.id), Some(blue));
        assert!(moved.after.teams.get(red).unwrap().mates.is_empty());
        let line = moved.after.facts.sheet.of(anna).unwrap();
        assert_eq!(line.class, Some(event.classes[1].id), "whoever changes teams changes classes with it");
        let full = refusal(stage.change(&manager(1), blue, add(101, Duty::Driver)).await);
        assert_eq!(full, TeamRefusal::NoPlace("Blue".parse().unwrap()).into());
        let taken = refusal(stage.team(&manager(1), &event, "BLUE", 0).await);
        assert_eq!(taken, TeamRefusal::NameTaken("BLUE".parse().unwrap()).into());
    })
    .await;
}

#[tokio::test]
async fn a_captain_decides_on_their_own_team_with_those_who_have_a_place() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.event_with("GT3", 3).await.event;
        let red = made(stage.team(&manager(1), &event, "Red", 0).await).team;
        let blue = made(stage.team(&manager(1), &event, "Blue", 0).await).team;
        for change in [add(100, Duty::Driver), TeamChange::Lead(stage.user_of(100).await)] {
            made(stage.change(&manager(1), red, change).await);
        }
        made(stage.change(&manager(1), blue, add(101, Duty::Driver)).await);
        let captain = person(100, 1);
        made(stage.change(&captain, red, TeamChange::Join(stage.user_of(102).await, Duty::Driver)).await);
        made(stage.change(&captain, red, add(600, Duty::Spotter)).await);
        for change in [add(601, Duty::Driver), add(101, Duty::Driver)] {
            assert_eq!(refusal(stage.change(&captain, red, change).await), TeamRefusal::CaptainMayNot.into());
        }
        let not_theirs = TeamRefusal::NotCaptain("Blue".parse().unwrap()).into();
        assert_eq!(refusal(stage.change(&captain, blue, add(600, Duty::Spotter)).await), not_theirs);
        assert_eq!(refusal(stage.disband(&captain, red).await), Refusal::NotOrganiser);
        assert_eq!(refusal(stage.team(&captain, &event, "Green", 0).await), Refusal::NotOrganiser);
        let handed = made(stage.change(&captain, red, TeamChange::Lead(stage.user_of(102).await)).await);
        assert_eq!(of(&handed).captain, Some(stage.user_of(102).await));
        assert!(stage.change(&captain, red, add(600, Duty::Spotter)).await.is_err(), "they lead it no more");
    })
    .await;
}

#[tokio::test]
async fn a_number_is_a_teams_throughout_a_series() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let series = stage.series(&manager(1), "Winter Cup").await.unwrap().0;
        let new = || crate::service::event::NewEvent { series: Some(series.id), ..spa("") };
        let first = stage.create(&manager(1), new()).await.unwrap().0.event;
        let second = stage.create(&manager(1), new()).await.unwrap().0.event;
        let red = made(stage.team(&manager(1), &first, "Red", 0).await);
        let red = made(stage.rename(&manager(1), of(&red), edit("Red", "7")).await);
        let stale =
            stage.rename(&manager(1), &Team { revision: 1, ..of(&red).clone() }, edit("Redder", "8")).await;
        assert_eq!(refusal(stale), Refusal::ChangedMeanwhile);
        let again = made(stage.team(&manager(1), &second, "red", 0).await);
        made(stage.rename(&manager(1), of(&again), edit("red", "7")).await);
        let blue = made(stage.team(&manager(1), &second, "Blue", 0).await);
        let in_form = |problem| Refusal::Form(vec![Fault { field: Field::Number, problem }]);
        let taken = refusal(stage.rename(&manager(1), of(&blue), edit("Blue", "7")).await);
        assert_eq!(taken, in_form(Problem::NumberTaken("red".parse().unwrap())));
        made(stage.disband(&manager(1), again.team).await);
        let reserved = refusal(stage.rename(&manager(1), of(&blue), edit("Blue", "7")).await);
        let problem = Problem::NumberReserved { event: first.name.clone(), team: "Red".parse().unwrap() };
        assert_eq!(reserved, in_form(problem));
    })
    .await;
}

#[tokio::test]
async fn who_turned_out_to_be_one_is_in_one_team() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let event = stage.event_with("GT3", 2).await.event;
        let red = made(stage.team(&manager(1), &event, "Red", 0).await).team;
        let blue = made(stage.team(&manager(1), &event, "Blue", 0).await).team;
        made(stage.change(&manager(1), red, add(100, Duty::Driver)).await);
        made(stage.change(&manager(1), blue, add(101, Duty::Driver)).await);
        made(stage.change(&manager(1), blue, TeamChange::Lead(stage.user_of(101).await)).await);
        let (from, into) = (stage.user_of(101).await, stage.user_of(100).await);
        let mut work = stage.service.begin().await.unwrap();
        stage.service.merge(&mut work, from, into).await.unwrap();
        stage.service.commit(work, "request").await.unwrap();
        let teams = stage.service.team(&manager(1), red).await.unwrap().teams;
        assert_eq!(teams.of(into).map(|team| team.id), Some(red));
        assert!(teams.of(from).is_none());
        assert_eq!(teams.get(blue).unwrap().captain, None);
    })
    .await;
}
