use std::time::Duration;

use jiff::Timestamp;

use crate::{
    domain::{
        id::OwnerId,
        owner::{Owner, OwnerKind, Rank},
        panel::Failure,
    },
    store::{
        Store,
        fault::Fault,
        guilds,
        owners::{self, DueOwner, Finish, Next, Wait},
        testing::{club, commit, event, fenced, guild, lease, noon, on_both, sighting},
    },
};

const DONE: Finish = Finish { expires_at: None, is_over: false, next: None };

async fn request(store: &Store, owner: OwnerId, rank: Rank, now: Timestamp) {
    commit(store, async |tx| owners::request(tx, &[owner], rank, now).await.unwrap()).await;
}

async fn due(store: &Store, number: u64, now: Timestamp) -> Vec<DueOwner> {
    owners::due_of_guild(store, guild(number), now).await.unwrap()
}

fn fault() -> Fault {
    Fault { class: Failure::Later, message: "Discord was away".into() }
}

#[tokio::test]
async fn a_request_made_during_a_pass_stays_unserved() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        assert!(due(&store, 1, noon(0)).await.is_empty());
        request(&store, owner, Rank::Bulk, noon(0)).await;
        let read = due(&store, 1, noon(0)).await;
        assert_eq!((read.len(), read[0].rank, read[0].since), (1, Rank::Bulk, noon(0)));
        request(&store, owner, Rank::People, noon(5)).await;
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &DONE, noon(9)).await.unwrap()).await;
        let again = due(&store, 1, noon(9)).await;
        assert_eq!(
            (again.len(), again[0].rank, again[0].generation),
            (1, Rank::People, read[0].generation + 1)
        );
        fenced(&store, &lease, async |tx| owners::finish(tx, &again[0], &DONE, noon(9)).await.unwrap()).await;
        assert!(due(&store, 1, noon(9)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_changes_by_itself_comes_due() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        event(&store, &club, 1, 5).await;
        let lease = lease(&store, 1).await;
        let all = owners::of_guild(&store, guild(1)).await.unwrap();
        let event = all.into_iter().find(|owner| matches!(owner, Owner::Event(_))).unwrap();
        request(&store, event.id(), Rank::People, noon(0)).await;
        let read = due(&store, 1, noon(0)).await;
        let later = Finish {
            next: Some(Next { at: noon(1_000), rank: Rank::Alert }),
            expires_at: Some(noon(5_000)),
            ..DONE
        };
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &later, noon(0)).await.unwrap()).await;
        assert!(owners::due(&store, noon(999), 9).await.unwrap().is_empty());
        assert_eq!(owners::due(&store, noon(1_000), 9).await.unwrap(), [guild(1)]);
        let woken = due(&store, 1, noon(1_000)).await;
        assert_eq!((woken[0].rank, woken[0].expires_at), (Rank::Alert, Some(noon(5_000))));
        let queue = owners::queue(&store, noon(2_000)).await.unwrap();
        assert_eq!((queue.waiting, queue.oldest), (1, Some(noon(1_000))));
    })
    .await;
}

#[tokio::test]
async fn a_failed_pass_backs_off_until_its_time_or_a_person() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        request(&store, owner, Rank::Bulk, noon(0)).await;
        let read = due(&store, 1, noon(0)).await;
        let retry = async || {
            let until = noon(60_000);
            fenced(&store, &lease, async |tx| {
                owners::retry(tx, &read[0], Wait::until(until), &fault(), noon(1)).await.unwrap();
            })
            .await;
        };
        retry().await;
        assert!(due(&store, 1, noon(59_999)).await.is_empty());
        assert_eq!(due(&store, 1, noon(60_000)).await[0].tries, 1);
        let failing = owners::failing(&store, Some(guild(1)), 9).await.unwrap();
        assert_eq!((&failing[0].fault, failing[0].retry_at), (&fault(), Some(noon(60_000))));
        request(&store, owner, Rank::Bulk, noon(2)).await;
        assert!(due(&store, 1, noon(2)).await.is_empty(), "bulk work waits");
        commit(&store, async |tx| owners::request_failed(tx, guild(2), noon(2)).await.unwrap()).await;
        assert!(due(&store, 1, noon(2)).await.is_empty(), "another guild's retry is none of ours");
        request(&store, owner, Rank::People, noon(3)).await;
        assert_eq!(due(&store, 1, noon(3)).await.len(), 1, "a person doesn't");
        retry().await;
        assert_eq!(due(&store, 1, noon(3)).await.len(), 1, "nor for a pass that began before them");
        let read = due(&store, 1, noon(3)).await;
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &DONE, noon(4)).await.unwrap()).await;
        assert!(owners::failing(&store, None, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn guilds_and_owners_come_in_the_order_of_their_urgency() {
    on_both(|store| async move {
        for (number, rank) in [(1, Rank::Bulk), (2, Rank::PutAway), (3, Rank::People), (4, Rank::Bulk)] {
            let club = club(&store, number).await;
            let owner = OwnerId::of_event(event(&store, &club, number, 5).await.id);
            request(&store, owner, rank, noon(10)).await;
        }
        let lease = lease(&store, 4).await;
        let read = due(&store, 4, noon(10)).await;
        let alert = Finish {
            next: Some(Next { at: noon(20), rank: Rank::Alert }),
            expires_at: Some(noon(90_000)),
            ..DONE
        };
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &alert, noon(10)).await.unwrap())
            .await;
        let order = async |now| -> Vec<_> {
            owners::due(&store, now, 9).await.unwrap().iter().map(|id| id.get()).collect()
        };
        request(&store, read[0].owner.id(), Rank::Bulk, noon(11)).await;
        assert_eq!(order(noon(11)).await, [3, 2, 1, 4], "an alert that isn't due yet presses nobody");
        let order: Vec<_> =
            owners::due(&store, noon(20), 9).await.unwrap().iter().map(|id| id.get()).collect();
        assert_eq!(order, [4, 3, 2, 1]);
        assert_eq!(owners::due(&store, noon(20), 2).await.unwrap().len(), 2);
        request(&store, OwnerId::of_guild(guild(1)), Rank::Bulk, noon(30)).await;
        let kinds: Vec<_> = due(&store, 1, noon(30)).await.iter().map(|due| due.owner.kind()).collect();
        assert!(kinds.is_sorted(), "what others stand in comes first: {kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn a_lost_guild_is_left_alone_until_it_is_back() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let lease = lease(&store, 1).await;
        request(&store, owner, Rank::People, noon(0)).await;
        let read = due(&store, 1, noon(0)).await;
        commit(&store, async |tx| guilds::lose(tx, guild(1), noon(1)).await.unwrap()).await;
        request(&store, owner, Rank::People, noon(2)).await;
        let finish = async |tx: &_| owners::finish(tx, &read[0], &DONE, noon(3)).await.unwrap();
        fenced(&store, &lease, finish).await;
        assert!(due(&store, 1, noon(9)).await.is_empty());
        assert!(guilds::active(&store).await.unwrap().is_empty());
        let news =
            commit(&store, async |tx| guilds::see(tx, guild(1), sighting(), noon(10)).await.unwrap()).await;
        assert!(news.is_back && !news.is_new && !news.permissions);
        let back = due(&store, 1, noon(10)).await;
        assert_eq!(back.len(), 2);
        assert!(back.iter().all(|due| due.check_wanted == (due.owner.kind() == OwnerKind::Guild)));
    })
    .await;
}

#[tokio::test]
async fn full_checks_are_spread_over_the_day_and_keep_their_time() {
    on_both(|store| async move {
        let (early, late) = (1_100_000_000_000_000_000, 1_200_000_000_000_000_000);
        for number in [early, late] {
            let club = club(&store, number).await;
            event(&store, &club, number, 5).await;
        }
        let hour = |hours: i64| noon(hours * 3_600_000);
        let mut asked = Vec::new();
        for minute in (0..=24 * 60).step_by(10) {
            let count = owners::start_checks(&store, noon(minute * 60_000), 10).await.unwrap();
            asked.extend((count > 0).then_some((minute, count)));
        }
        assert_eq!(asked.iter().map(|(_, count)| count).collect::<Vec<_>>(), [&1, &1], "{asked:?}");
        assert!(due(&store, early, hour(24)).await[0].check_wanted);
        // Three days late, each is asked for once and keeps its time of day.
        assert_eq!(owners::start_checks(&store, hour(24 * 4), 1).await.unwrap(), 1, "not all at once");
        assert_eq!(owners::start_checks(&store, hour(24 * 4), 2).await.unwrap(), 1);
        let minute = asked[0].0;
        assert_eq!(owners::start_checks(&store, noon((24 * 60 * 4 + minute) * 60_000), 9).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_guild_is_checked_once_a_day_with_everything_of_its_events() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        event(&store, &club, 1, 5).await;
        let lease = lease(&store, 1).await;
        let tomorrow = noon(1) + Duration::from_secs(86_400);
        assert_eq!(
            owners::start_checks(&store, tomorrow, 9).await.unwrap(),
            1,
            "the guild's, not the event's"
        );
        let read = due(&store, 1, tomorrow).await;
        assert!(read[0].check_wanted);
        fenced(&store, &lease, async |tx| owners::checked(tx).await.unwrap()).await;
        assert!(!due(&store, 1, tomorrow).await[0].check_wanted, "however its pass ends");
        let end = Finish { is_over: true, ..DONE };
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &end, tomorrow).await.unwrap()).await;
        let later = tomorrow + Duration::from_secs(86_400 * 2);
        assert_eq!(owners::start_checks(&store, later, 9).await.unwrap(), 0, "nothing of it stands");
    })
    .await;
}

#[tokio::test]
async fn an_owner_whose_passes_are_cut_off_lets_others_go_first() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        request(&store, owner, Rank::People, noon(0)).await;
        let lease = lease(&store, 1).await;
        let begin = async |now| {
            let read = due(&store, 1, now).await;
            fenced(&store, &lease, async |tx| owners::begin(tx, &read[0], now).await.unwrap()).await;
            read
        };
        begin(noon(0)).await;
        assert_eq!(begin(noon(0)).await.len(), 1, "one crash is no pattern");
        let read = begin(noon(0)).await;
        assert_eq!(due(&store, 1, noon(0)).await.len(), 0, "the third waits while it is under way");
        assert_eq!(due(&store, 1, noon(20_000)).await.len(), 1);
        fenced(&store, &lease, async |tx| owners::pause(tx, &read[0]).await.unwrap()).await;
        assert_eq!(begin(noon(1)).await.len(), 1, "one that came to an end starts anew");
        fenced(&store, &lease, async |tx| owners::finish(tx, &read[0], &DONE, noon(2)).await.unwrap()).await;
        assert_eq!(due(&store, 1, noon(3)).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_wait_ends_when_something_more_urgent_comes_due_or_a_card_is_to_settle() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        request(&store, owner, Rank::Bulk, noon(0)).await;
        let lease = lease(&store, 1).await;
        let read = due(&store, 1, noon(0)).await;
        let wait = Wait { rank: Some(Rank::Alert), until: noon(60_000) };
        fenced(&store, &lease, async |tx| {
            owners::retry(tx, &read[0], wait, &fault(), noon(1)).await.unwrap()
        })
        .await;
        assert_eq!(due(&store, 1, noon(60_000)).await[0].rank, Rank::Alert);
        commit(&store, async |tx| {
            owners::advance_due(tx, owner, noon(5_000).as_millisecond(), Rank::People).await.unwrap();
        })
        .await;
        assert_eq!(due(&store, 1, noon(4_999)).await.len(), 0);
        assert_eq!(due(&store, 1, noon(5_000)).await.len(), 1);
    })
    .await;
}
