//! Ten thousand coming events in five hundred clubs: how the minute's question is answered, and how long that takes.

/// Tests that take their time; what they print is the point of them.
mod long {
    use std::time::{Duration, Instant};

    use uuid::Uuid;

    use crate::{
        domain::{
            id::{ClassId, EventId, OwnerId},
            owner::{Owner, Rank},
        },
        store::{
            Store, events, owners,
            testing::{Watched, an_event, club, commit, execute, noon, on_both},
        },
    };

    const CLUBS: u64 = 500;
    const EVENTS: u64 = 20;
    const ASKED: usize = 200;

    /// Writes the clubs with their events, all of them served, and returns each club's first event.
    async fn fill(store: &Store) -> Vec<EventId> {
        let mut firsts = Vec::new();
        for number in 1..=CLUBS {
            let club = club(store, number).await;
            let mut made: Vec<_> =
                (0..EVENTS).map(|nth| an_event(&club, number * EVENTS + nth, 60)).collect();
            commit(store, async |tx| {
                for (nth, event) in (0..).zip(&mut made) {
                    event.classes[0].id = ClassId::new(Uuid::from_u64_pair(number, nth));
                    events::create(tx, event).await.unwrap();
                    let owner = Owner::Event(event.id);
                    owners::ensure(tx, owner, club.guild, Some(club.id), noon(0)).await.unwrap();
                }
            })
            .await;
            firsts.push(made[0].id);
        }
        let tomorrow = noon(24 * 3_600_000).as_millisecond();
        let served = format!("UPDATE owners SET done = requested, due_at = {tomorrow} + guild_id * 1000");
        execute(store, &served).await;
        execute(store, "ANALYZE").await;
        firsts
    }

    /// Asks again and again; the middle and the slowest answer.
    async fn ask(store: &Store) -> (Duration, Duration) {
        let mut took = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let begun = Instant::now();
            owners::due(store, noon(0), 100).await.unwrap();
            took.push(begun.elapsed());
        }
        took.sort_unstable();
        (took[ASKED / 2], took[ASKED - 1])
    }

    #[tokio::test]
    async fn the_minutes_question_is_answered_by_indexes() {
        on_both(|store| async move {
            let firsts = fill(&store).await;
            let watched = Watched::new(store.clone());
            let (due, asked) = watched.asked(owners::due(&watched.store, noon(0), 100)).await;
            assert!(due.unwrap().is_empty());
            println!("{:?}, {} events\n{}", store.kind(), CLUBS * EVENTS, watched.explain_all(asked).await);
            let (middle, slowest) = ask(&store).await;
            println!("nothing due: half within {middle:?}, the slowest {slowest:?}");
            let due: Vec<OwnerId> = firsts.into_iter().take(100).map(OwnerId::of_event).collect();
            commit(&store, async |tx| owners::request(tx, &due, Rank::People, noon(0)).await.unwrap()).await;
            let (middle, slowest) = ask(&store).await;
            println!("100 guilds due: half within {middle:?}, the slowest {slowest:?}");
            assert_eq!(owners::due(&store, noon(0), 200).await.unwrap().len(), 100);
        })
        .await;
    }
}
