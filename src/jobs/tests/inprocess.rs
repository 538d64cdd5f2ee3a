//! Without Redis.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::jobs::{Drained, Queue, QueueError, Workers};

fn queue() -> Queue {
    Queue::new(None).unwrap()
}

#[tokio::test]
async fn jobs_run_with_what_they_were_given() {
    let (queue, notes) = (queue(), Notes::free());
    queue.push(wake(1, "before the workers")).await.unwrap();
    let _workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    queue.push(follow_up(7)).await.unwrap();
    notes.until_ended(2).await;
    assert!(notes.ended().contains(&wake(1, "before the workers")) && notes.ended().contains(&follow_up(7)));
    assert_eq!(queue.depth().await, Ok(0));
    assert_eq!(queue.latency().await, Ok(Duration::ZERO));
}

#[tokio::test]
async fn one_wake_of_a_guild_waits_and_every_follow_up() {
    let queue = queue();
    for request in 0..5 {
        queue.push(wake(1, request)).await.unwrap();
        queue.push(wake(2, request)).await.unwrap();
        queue.push(follow_up(1)).await.unwrap();
    }
    assert_eq!(queue.depth().await, Ok(2 + 5));
}

#[tokio::test]
async fn the_sweep_fills_up_to_a_hundred() {
    let queue = queue();
    assert_eq!(queue.room_for_sweep().await, 100);
    for guild in 0..130 {
        assert_eq!(queue.room_for_sweep().await, 100_usize.saturating_sub(guild.try_into().unwrap()));
        queue.push(wake(guild, "change")).await.unwrap();
    }
}

#[tokio::test]
async fn wakes_during_a_run_make_one_more_run() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let _workers = Workers::start(&queue, Arc::clone(&notes), 4, "a");
    queue.push(wake(1, "first")).await.unwrap();
    notes.until_begun(1).await;
    for request in 0..20 {
        queue.push(wake(1, request)).await.unwrap();
        tokio::task::yield_now().await;
    }
    a_while().await;
    assert_eq!(notes.begun().len(), 1, "a guild's wakes never overlap");
    notes.let_go(100);
    notes.until_ended(2).await;
    a_while().await;
    assert_eq!(notes.ended(), [wake(1, "first"), wake(1, 19)]);
}

#[tokio::test]
async fn no_more_jobs_run_at_once_than_allowed() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let _workers = Workers::start(&queue, Arc::clone(&notes), 3, "a");
    for number in 0..10 {
        queue.push(wake(number, "change")).await.unwrap();
    }
    notes.until_begun(3).await;
    a_while().await;
    assert_eq!(notes.begun().len(), 3);
    notes.let_go(10);
    notes.until_ended(10).await;
}

#[tokio::test]
async fn late_answers_never_wait_behind_the_work_on_guilds() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let _workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    for guild in 0..5 {
        queue.push(wake(guild, "change")).await.unwrap();
    }
    notes.until_begun(2).await;
    queue.push(follow_up(7)).await.unwrap();
    notes.until_begun(3).await;
    assert!(notes.begun().contains(&follow_up(7)));
    notes.let_go(6);
    notes.until_ended(6).await;
}

#[tokio::test]
async fn nothing_waits_behind_sites_that_hang() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let _workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    let webhook = |number| Job::Webhook { id: uuid::Uuid::from_u128(number), request_id: number.to_string() };
    for number in 0..9 {
        queue.push(webhook(number)).await.unwrap();
    }
    notes.until_begun(4).await;
    a_while().await;
    assert_eq!(notes.begun().len(), 4, "so many sites are called at once");
    queue.push(wake(1, "change")).await.unwrap();
    queue.push(follow_up(7)).await.unwrap();
    notes.until_begun(6).await;
    assert!(notes.begun().contains(&wake(1, "change")) && notes.begun().contains(&follow_up(7)));
    notes.let_go(11);
    notes.until_ended(11).await;
}

#[tokio::test]
async fn a_panic_ends_one_job_only() {
    let queue = queue();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let handler = move |_: Job| {
        let call = counted.fetch_add(1, Ordering::Relaxed);
        async move { assert!(call > 0, "the first call fails") }
    };
    let _workers = Workers::start(&queue, Arc::new(handler), 1, "a");
    for request in 0..3 {
        queue.push(wake(1, request)).await.unwrap();
        until("the call", || calls.load(Ordering::Relaxed) > request).await;
        a_while().await;
    }
}

#[tokio::test]
async fn a_full_queue_says_so_and_forgets_nobody() {
    let queue = queue();
    let mut guild = 0;
    while queue.push(wake(guild, "fill")).await.is_ok() {
        guild += 1;
    }
    assert_eq!(queue.push(wake(guild, "again")).await, Err(QueueError::Full));
    let notes = Notes::free();
    let _workers = Workers::start(&queue, Arc::clone(&notes), 4, "a");
    notes.until_ended(usize::try_from(guild).unwrap()).await;
    assert_eq!(queue.push(wake(guild, "now")).await, Ok(()));
    notes.until_ended(usize::try_from(guild).unwrap() + 1).await;
}

#[tokio::test]
async fn pushing_from_many_threads_loses_nothing() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let notes = Notes::free();
    let (queue, handler) = (queue(), Arc::clone(&notes));
    let workers = {
        let _inside = runtime.enter();
        Workers::start(&queue, handler, 4, "a")
    };
    let pushers: Vec<_> = (0..8)
        .map(|pusher| {
            let queue = queue.clone();
            runtime.spawn(async move {
                for number in 0..100 {
                    while queue.push(follow_up(pusher * 1000 + number)).await.is_err() {
                        tokio::task::yield_now().await;
                    }
                }
            })
        })
        .collect();
    for pusher in pushers {
        pusher.await.unwrap();
    }
    notes.until_ended(800).await;
    drop(workers);
    runtime.shutdown_background();
}

#[tokio::test]
async fn a_drain_finishes_what_is_in_hand_and_takes_no_more() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    for number in 0..5 {
        queue.push(wake(number, "change")).await.unwrap();
    }
    notes.until_begun(2).await;
    let drain = tokio::spawn(workers.drain(Duration::from_secs(10)));
    a_while().await;
    notes.let_go(5);
    assert_eq!(drain.await.unwrap(), Drained::Empty);
    assert_eq!(notes.ended().len(), 2);
}

#[tokio::test]
async fn a_drain_ends_in_time_and_says_what_is_left() {
    let (queue, notes) = (queue(), Notes::holding(0));
    let workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    queue.push(wake(1, "stuck")).await.unwrap();
    notes.until_begun(1).await;
    let began = Instant::now();
    assert_eq!(workers.drain(Duration::from_millis(200)).await, Drained::Left(1));
    assert!(began.elapsed() < Duration::from_secs(3));
}
