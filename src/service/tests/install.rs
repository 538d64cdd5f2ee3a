use twilight_model::{guild::Permissions, id::Id};

use super::stage::{Stage, manager, on_stage, spa};
use crate::{
    base::digest::digest,
    domain::{id::ClubId, id::OwnerId, name::ClubName, permission::NEEDED, settings::ClubSettings},
    service::{
        install::{Installed, NewInstall},
        settings::SettingsChange,
    },
    store::{
        audit, clubs, guilds, invitations, owners,
        testing::{commit, execute, guild},
    },
};

const WEEK: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3_600);

fn new(number: u64, invitation: Option<&str>) -> NewInstall {
    NewInstall {
        by: Id::new(1),
        granted: Some(NEEDED),
        guild: guild(number),
        invitation: invitation.map(str::to_owned),
        locale: Some("de".to_owned()),
        moves: false,
        name: format!("Server {number}"),
    }
}

fn owls() -> ClubName {
    "Night Owls".parse().unwrap()
}

impl Stage {
    async fn install(&self, number: u64, invitation: Option<&str>) -> Installed {
        self.service.install(new(number, invitation), "request").await.unwrap()
    }

    async fn moves(&self, number: u64, invitation: &str) -> Installed {
        let new = NewInstall { moves: true, ..new(number, Some(invitation)) };
        self.service.install(new, "request").await.unwrap()
    }

    /// An invitation of a club's, good for a week.
    async fn invite(&self, club: ClubId, token: &str) {
        let (now, until) = (self.clock.now(), self.clock.now() + WEEK);
        commit(&self.store, async |tx| {
            invitations::put(tx, &digest(token), club, now, until).await.unwrap();
        })
        .await;
    }

    /// A club that was set up in a guild and has none any more, as one that the site has made.
    async fn homeless(&self, number: u64) -> ClubId {
        let club = self.club(number).await.id;
        let unbind = format!(
            "UPDATE guilds SET club_id = NULL WHERE id = {number};
             DELETE FROM owners WHERE guild_id = {number}"
        );
        execute(&self.store, &unbind).await;
        club
    }

    async fn guild_of(&self, club: ClubId) -> Option<u64> {
        clubs::guild_of(&self.store, club).await.unwrap().map(Id::get)
    }
}

#[tokio::test]
async fn without_an_invitation_the_server_keeps_what_it_has() {
    on_stage(|stage| async move {
        assert_eq!(stage.install(1, None).await, Installed::NoClub);
        let seen = guilds::by_id(&stage.store, guild(1)).await.unwrap().unwrap();
        assert_eq!((seen.name.as_deref(), seen.locale.as_deref()), (Some("Server 1"), Some("de")));
        assert_eq!((seen.installed_by, seen.permissions), (Some(Id::new(1)), NEEDED));
        stage.set_up(&manager(1)).await.unwrap();
        assert_eq!(stage.install(1, None).await, Installed::HasClub(owls()));
        let less = NewInstall { granted: Some(Permissions::SEND_MESSAGES), ..new(1, None) };
        stage.service.install(less, "request").await.unwrap();
        let seen = guilds::by_id(&stage.store, guild(1)).await.unwrap().unwrap();
        assert_eq!(seen.permissions, Permissions::SEND_MESSAGES);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_binds_its_club_once() {
    on_stage(|stage| async move {
        let club = stage.homeless(9).await;
        stage.invite(club, "token").await;
        assert_eq!(stage.service.invitation("token").await.unwrap(), Some(owls()));
        stage.rings();
        assert_eq!(stage.install(1, Some("token")).await, Installed::Bound(owls()));
        assert!(stage.rang(1));
        assert_eq!(stage.guild_of(club).await, Some(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_guild(guild(1))]);
        let log = audit::of_club(&stage.store, club, 9).await.unwrap();
        assert!(log.iter().any(|entry| entry.action == "club.bind"));
        // Whoever goes there once more finds the club; elsewhere it is used up.
        assert_eq!(stage.service.invitation("token").await.unwrap(), None);
        assert_eq!(stage.install(1, Some("token")).await, Installed::HasClub(owls()));
        assert_eq!(stage.install(2, Some("token")).await, Installed::InvitationOver);
        assert_eq!(stage.install(2, Some("guessed")).await, Installed::InvitationOver);
        assert_eq!(stage.guild_of(club).await, Some(1));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_lasts_for_a_week() {
    on_stage(|stage| async move {
        let club = stage.homeless(9).await;
        stage.invite(club, "token").await;
        stage.at(stage.clock.now() + WEEK);
        assert_eq!(stage.service.invitation("token").await.unwrap(), None);
        assert_eq!(stage.install(1, Some("token")).await, Installed::InvitationOver);
        assert_eq!(stage.guild_of(club).await, None);
        let seen = guilds::by_id(&stage.store, guild(1)).await.unwrap();
        assert!(seen.is_some(), "the app is there all the same");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_has_another_club_keeps_it() {
    on_stage(|stage| async move {
        let club = stage.homeless(9).await;
        stage.invite(club, "token").await;
        let theirs = stage.club(1).await;
        let taken = Installed::Taken { club: owls(), theirs: theirs.name };
        assert_eq!(stage.install(1, Some("token")).await, taken);
        assert_eq!(stage.moves(1, "token").await, taken, "even if it was asked for");
        assert_eq!(stage.install(2, Some("token")).await, Installed::Bound(owls()), "nothing was used up");
    })
    .await;
}

#[tokio::test]
async fn a_club_that_is_bound_elsewhere_moves_when_it_is_told_to() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        stage.install(1, None).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let channels = SettingsChange::General {
            announcement_channel: None,
            name: club.name.clone(),
            organiser_channel: Some(Id::new(5)),
            organiser_role: Some(Id::new(6)),
            zone: club.zone.clone(),
        };
        stage.settings(&manager(1), channels).await.unwrap();
        stage.serve(1).await;
        stage.stand(facts.event.id).await;
        stage.invite(club.id, "token").await;
        let asks = Installed::Elsewhere { club: owls(), server: Some("Server 1".to_owned()) };
        assert_eq!(stage.install(2, Some("token")).await, asks);
        assert_eq!(stage.install(2, Some("token")).await, asks, "asked again, nothing was used up");
        assert_eq!(stage.guild_of(club.id).await, Some(1));
        stage.rings();
        assert_eq!(stage.moves(2, "token").await, Installed::Moved(owls()));
        assert!(stage.rang(2));
        assert_eq!(stage.moves(2, "token").await, Installed::HasClub(owls()), "a second yes");
        assert_eq!(stage.install(2, None).await, Installed::HasClub(owls()));
        assert_eq!(stage.serve(1).await, [], "the former server is left alone");
        assert_eq!(stage.serve(2).await.len(), 2, "the guild's own and the event");
        let moved = clubs::of_guild(&stage.store, guild(2)).await.unwrap().unwrap();
        assert_eq!(moved.settings, ClubSettings::default(), "channels and roles of another server");
        assert_eq!(stage.install(1, None).await, Installed::NoClub);
    })
    .await;
}

#[tokio::test]
async fn events_that_were_there_before_their_club_had_a_server_begin_in_it() {
    on_stage(|stage| async move {
        let club = stage.club(9).await;
        stage.series(&manager(9), "Winter Cup").await.unwrap();
        let (facts, _) = stage.create(&manager(9), spa("")).await.unwrap();
        let unbind = "UPDATE guilds SET club_id = NULL WHERE id = 9; DELETE FROM owners WHERE guild_id = 9";
        execute(&stage.store, unbind).await;
        stage.invite(club.id, "token").await;
        assert_eq!(stage.install(1, Some("token")).await, Installed::Bound(owls()));
        let owners = owners::of_guild(&stage.store, guild(1)).await.unwrap();
        assert_eq!(owners.len(), 3, "{owners:?}");
        assert!(stage.serve(1).await.contains(&OwnerId::of_event(facts.event.id)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_use_one_invitation_at_once_get_one_club() {
    on_stage(|stage| async move {
        for round in 0..8_u64 {
            let club = stage.homeless(900 + round).await;
            let token = format!("token {round}");
            stage.invite(club, &token).await;
            let (one, two) = (100 + 2 * round, 101 + 2 * round);
            let (first, second) =
                tokio::join!(stage.install(one, Some(&token)), stage.install(two, Some(&token)));
            let bound = [&first, &second].into_iter().filter(|got| **got == Installed::Bound(owls())).count();
            assert_eq!(bound, 1, "{first:?} {second:?}");
            let late = if first == Installed::Bound(owls()) { second } else { first };
            let told = matches!(late, Installed::Elsewhere { .. } | Installed::InvitationOver);
            assert!(told, "{late:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clubs_that_come_to_one_server_at_once_share_it_not() {
    on_stage(|stage| async move {
        for round in 0..8_u64 {
            let (one, two) = (stage.homeless(900 + 2 * round).await, stage.homeless(901 + 2 * round).await);
            stage.invite(one, &format!("one {round}")).await;
            stage.invite(two, &format!("two {round}")).await;
            let (first, second) = (format!("one {round}"), format!("two {round}"));
            let (first, second) = tokio::join!(
                stage.install(100 + round, Some(&first)),
                stage.install(100 + round, Some(&second))
            );
            let mut both = [first, second];
            both.sort_by_key(|got| *got != Installed::Bound(owls()));
            let taken = Installed::Taken { club: owls(), theirs: owls() };
            assert_eq!(both, [Installed::Bound(owls()), taken]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_step_is_taken_once_and_in_time() {
    use crate::service::oauth::Step;
    on_stage(|stage| async move {
        let until = stage.clock.now() + WEEK;
        let take = |nonce: &'static str| stage.service.take_step(Step::State, nonce, until);
        assert!(take("one").await.unwrap());
        assert!(!take("one").await.unwrap());
        assert!(take("two").await.unwrap());
        stage.service.untake_step("one").await.unwrap();
        let (first, second) = tokio::join!(take("one"), take("one"));
        assert!(first.unwrap() ^ second.unwrap(), "one of two at once");
        stage.at(until);
        assert!(!take("three").await.unwrap());
    })
    .await;
}
