use serde_json::json;
use twilight_model::{guild::Permissions, id::Id};

use super::stage::{manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        health::{ServerRole, ServerRoles},
        id::OwnerId,
        notice::{Notice, Where},
        refusal::{Fault, Field, Problem, Refusal},
        settings::{
            Bitrate, ClubSettings, Grace, Notifications, PutAway, RaceRooms, RaceVoice, TeamSettings,
            UserLimit, VoiceAccess,
        },
    },
    service::settings::SettingsChange,
    store::{
        audit, guild_roles,
        testing::{guild, noon},
    },
};

#[tokio::test]
async fn a_club_is_set_up_once_and_changed_after_that() {
    on_stage(|stage| async move {
        assert_eq!(refusal(stage.set_up(&person(2, 1)).await), Refusal::NeedsManageServer);
        assert_eq!(refusal(stage.service.club_of(&manager(1)).await), Refusal::NoClub);
        let (club, _) = stage.set_up(&manager(1)).await.unwrap();
        assert_eq!(stage.service.club_of(&person(2, 1)).await.unwrap(), club);
        assert!(stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_guild(guild(1))]);
        let (again, _) = stage.set_up(&manager(1)).await.unwrap();
        assert_eq!(again.id, club.id, "the same club");
        let log = audit::of_club(&stage.store, club.id, 9).await.unwrap();
        let mut actions: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
        actions.sort_unstable();
        assert_eq!(actions, ["club.create", "club.setup"]);
    })
    .await;
}

#[tokio::test]
async fn two_who_set_up_at_once_get_one_club() {
    on_stage(|stage| async move {
        let (manager, other) = (manager(1), manager(1));
        let (one, two) = tokio::join!(stage.set_up(&manager), stage.set_up(&other));
        assert_eq!(one.unwrap().0.id, two.unwrap().0.id);
    })
    .await;
}

fn channels() -> SettingsChange {
    SettingsChange::Channels {
        auto_create_channels: false,
        channel_naming_pattern: "{date} {event}".parse().unwrap(),
        grace: Grace::hours(0).unwrap(),
        native_events: false,
        put_away: PutAway::Delete,
    }
}

#[tokio::test]
async fn a_group_is_saved_alone_and_everything_standing_is_looked_at() {
    on_stage(|stage| async move {
        let before = stage.club(1).await;
        let (event, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.serve(1).await;
        stage.rings();
        let (club, _) = stage.settings(&manager(1), channels()).await.unwrap();
        assert_eq!(club.settings.organiser_role, before.settings.organiser_role, "another group's");
        assert_eq!(club.settings.put_away, PutAway::Delete);
        assert_eq!(stage.service.club_of(&manager(1)).await.unwrap(), club);
        assert!(stage.rang(1));
        let due = stage.serve(1).await;
        assert_eq!(due, [OwnerId::of_guild(guild(1)), OwnerId::of_event(event.event.id)]);
        let entry = audit::of_club(&stage.store, club.id, 1).await.unwrap().remove(0);
        assert_eq!(entry.action, "club.settings");
        assert_eq!(entry.before.unwrap()["put_away"], json!("archive"));
        assert_eq!(entry.after.unwrap()["put_away"], json!("delete"));
    })
    .await;
}

#[tokio::test]
async fn what_teams_get_is_saved_and_what_stands_is_looked_at() {
    on_stage(|stage| async move {
        let before = stage.club(1).await;
        let (event, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.serve(1).await;
        let teams = TeamSettings {
            access: VoiceAccess::Team,
            bitrate: Bitrate::kbit(96),
            race_rooms: RaceRooms::Team,
            user_limit: UserLimit::people(6).unwrap(),
            ..TeamSettings::default()
        };
        let (club, _) = stage.settings(&manager(1), SettingsChange::Teams(teams)).await.unwrap();
        assert_eq!(club.settings, ClubSettings { teams, ..before.settings });
        assert_eq!(stage.service.club_of(&manager(1)).await.unwrap(), club);
        let due = stage.serve(1).await;
        assert_eq!(due, [OwnerId::of_guild(guild(1)), OwnerId::of_event(event.event.id)]);
        let entry = audit::of_club(&stage.store, club.id, 1).await.unwrap().remove(0);
        assert_eq!(entry.before.unwrap()["teams"]["bitrate"], json!(null));
        assert_eq!(entry.after.unwrap()["teams"]["bitrate"], json!(96));
    })
    .await;
}

fn people(role: u64) -> SettingsChange {
    SettingsChange::People { member_role: Some(Id::new(role)), nightly_sync: true, role_map: Vec::new() }
}

/// Roles at the places of their ids, of which the bot holds one.
fn roles(bot: u64) -> ServerRoles {
    let role = |id: u64| ServerRole {
        id: Id::new(id),
        managed: false,
        name: format!("Role {id}"),
        permissions: Permissions::empty(),
        position: i64::try_from(id).unwrap(),
    };
    ServerRoles { all: (1..10).map(role).collect(), everyone: guild(1).cast(), held: vec![Id::new(bot)] }
}

#[tokio::test]
async fn a_member_role_above_the_bots_own_is_refused_once_that_is_known() {
    on_stage(|stage| async move {
        stage.club(1).await;
        stage.create(&manager(1), spa("")).await.unwrap();
        stage.serve(1).await;
        let (club, _) = stage.settings(&manager(1), people(6)).await.unwrap();
        assert_eq!(club.settings.member_role, Some(Id::new(6)), "nobody knows better");
        assert_eq!(stage.serve(1).await, [OwnerId::of_guild(guild(1))], "events have nothing to do with it");
        stage.service.note_roles(guild(1), &roles(5)).await.unwrap();
        let above = Refusal::Form(vec![Fault { field: Field::MemberRole, problem: Problem::RoleAbove }]);
        assert_eq!(refusal(stage.settings(&manager(1), people(7)).await), above);
        assert_eq!(refusal(stage.settings(&manager(1), people(5)).await), above, "it can't give its own");
        stage.settings(&manager(1), people(6)).await.unwrap();
        stage.settings(&manager(1), people(4)).await.unwrap();
        stage.settings(&manager(1), people(99)).await.unwrap();
        // The daily check reads the roles alone.
        let tx = stage.store.begin().await.unwrap();
        guild_roles::put(&tx, guild(1), &roles(1).all[..7], None, noon(0)).await.unwrap();
        tx.commit().await.unwrap();
        let known = guild_roles::of_guild(&stage.store, guild(1)).await.unwrap().unwrap();
        assert_eq!((known.all.len(), known.held), (7, vec![Id::new(5)]));
    })
    .await;
}

#[tokio::test]
async fn groups_saved_at_once_both_hold() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let voice = SettingsChange::RaceVoice {
            access: VoiceAccess::Open,
            check_in: None,
            race_voice: RaceVoice::Off,
        };
        let silent = Notice::ALL
            .into_iter()
            .fold(Notifications::default(), |all, notice| all.with(notice, Where::Off));
        let manager = manager(1);
        let (a, b, c) = tokio::join!(
            stage.settings(&manager, voice),
            stage.settings(&manager, SettingsChange::Notifications(silent)),
            stage.settings(&manager, channels()),
        );
        a.and(b).and(c).unwrap();
        let settings = stage.service.club_of(&manager).await.unwrap().settings;
        assert_eq!(settings.check_in, None);
        assert_eq!(settings.race_voice, RaceVoice::Off);
        assert_eq!(settings.notification_preferences, silent);
        assert_eq!(settings.put_away, PutAway::Delete);
    })
    .await;
}
