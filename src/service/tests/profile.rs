use twilight_model::id::Id;

use super::stage::{ORGANISERS, Stage, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        actor::{Actor, Presence, Target},
        club::Club,
        id::UserId,
        member::{Link, LinkedBy, Member},
        refusal::Refusal,
        signup::{SignupState, Wish},
        zone::Zone,
    },
    service::profile::{Known, Matched, Reader},
    store::{
        members, preferences,
        testing::{commit, noon},
        users,
    },
};

/// A driver as Discord shows them in a member's menu.
fn target(number: u64, roles: &[u64]) -> Target {
    let roles = roles.iter().map(|role| Id::new(*role)).collect();
    let presence = Presence { joined_at: Some(noon(0)), manage_guild: false, roles };
    Target { account: person(number, 1).account, bot: false, presence: Some(presence) }
}

/// Writes the driver onto the club's roster, with an account that a sync found.
async fn enrol(stage: &Stage, club: &Club, number: u64) -> UserId {
    let account = person(number, 1).account;
    let fresh = UserId::new(uuid::Uuid::from_u64_pair(9, number));
    commit(&stage.store, async |tx| {
        let user = users::of_account(tx, &account, fresh, noon(0)).await.unwrap();
        let mut member = Member::on_their_own(user, &account);
        member.entry.email = Some("driver@example.com".parse().unwrap());
        member.entry.external_id = Some("drv-17".parse().unwrap());
        member.entry.iracing_id = Some("123456".parse().unwrap());
        member.entry.name = "Ana Pereira".parse().unwrap();
        member.entry.zone = Some(Zone::parse("Asia/Tokyo").unwrap());
        member.on_roster = true;
        member.roles = vec!["Steward".parse().unwrap()];
        members::put(tx, club.id, &[member], noon(0)).await.unwrap();
        let link = Link { at: noon(5), by: LinkedBy::Sync };
        users::give(tx, account.id, user, Some(link), None).await.unwrap();
        user
    })
    .await
}

fn organiser(number: u64) -> Actor {
    Actor { roles: vec![Id::new(ORGANISERS)], ..person(number, 1) }
}

#[tokio::test]
async fn who_reads_decides_what_is_told() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        enrol(&stage, &club, 7).await;
        let told = async |reader: &Actor| stage.service.profile(reader, &target(7, &[])).await.unwrap();

        let read = told(&person(8, 1)).await;
        assert_eq!(read.reader, Reader { is_organiser: false, is_subject: false });
        let member = Known {
            iracing_id: Some("123456".parse().unwrap()),
            iracing_name: None,
            left_at: None,
            linked_at: Some(noon(5)),
            matched: None,
            name: "Ana Pereira".parse().unwrap(),
            on_roster: true,
            roles: vec!["Steward".parse().unwrap()],
        };
        assert_eq!(read.known.as_ref(), Some(&member));
        assert_eq!(read.zone, Some(Zone::parse("Asia/Tokyo").unwrap()));

        let read = told(&organiser(8)).await;
        let matched =
            Matched { by: Some(LinkedBy::Sync), judged: None, external_id: Some("drv-17".parse().unwrap()) };
        assert_eq!(read.known, Some(Known { matched: Some(matched), ..member.clone() }));
        assert!(!format!("{read:?}").contains("example.com"), "nobody's address is told");

        let own = told(&person(7, 1)).await;
        assert_eq!(own.reader, Reader { is_organiser: false, is_subject: true });
        assert_eq!(own.known, Some(member));
    })
    .await;
}

#[tokio::test]
async fn only_what_somebody_comes_to_is_told_and_only_of_this_club() {
    on_stage(|stage| async move {
        stage.club(1).await;
        stage.club(2).await;
        let (spa_facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let (other, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let (elsewhere, _) = stage.create(&manager(2), spa("")).await.unwrap();
        stage.press(&person(7, 1), spa_facts.event.id, Wish::Tentative).await.unwrap();
        stage.press(&person(7, 1), other.event.id, Wish::Withdraw { sure: true }).await.unwrap();
        stage.press(&person(7, 2), elsewhere.event.id, Wish::Tentative).await.unwrap();
        let read = stage.service.profile(&person(8, 1), &target(7, &[ORGANISERS])).await.unwrap();
        let events: Vec<_> = read.events.iter().map(|mine| (mine.event.id, mine.state)).collect();
        assert_eq!(events, [(spa_facts.event.id, SignupState::Tentative)]);
        assert!(read.is_organiser);
        assert_eq!(read.known, None, "no roster names them");
        stage.at(spa_facts.event.end());
        let after = stage.service.profile(&person(8, 1), &target(7, &[])).await.unwrap();
        assert!(after.events.is_empty() && !after.is_organiser);
    })
    .await;
}

#[tokio::test]
async fn a_zone_of_ones_own_comes_first_and_strangers_are_strangers() {
    on_stage(|stage| async move {
        let nobody = stage.service.profile(&person(8, 1), &target(7, &[])).await;
        assert_eq!(refusal(nobody), Refusal::NoClub);
        let club = stage.club(1).await;
        let user = enrol(&stage, &club, 7).await;
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        commit(&stage.store, async |tx| preferences::set_zone(tx, user, &berlin).await.unwrap()).await;
        let read = stage.service.profile(&person(8, 1), &target(7, &[])).await.unwrap();
        assert_eq!(read.zone, Some(berlin));
        let stranger = stage.service.profile(&person(8, 1), &target(99, &[])).await.unwrap();
        assert_eq!((stranger.known, stranger.zone), (None, None));
    })
    .await;
}
