//! With a real Redis: shared, emptied, away, silent, and workers that die.

use std::sync::Arc;

use super::gate::{Door, Gate};
use super::*;
use crate::jobs::{Drained, Queue, QueueError, Workers};

fn queue(gate: &Gate) -> Queue {
    Queue::new(Some(&gate.url())).unwrap()
}

/// Time enough for a worker that lost Redis to be back: its longest pause is 5 s.
async fn push_until_ended(queue: &Queue, notes: &Notes) {
    let began = Instant::now();
    for number in 1000.. {
        assert!(began.elapsed() < Duration::from_secs(20), "no job gets through");
        let before = notes.ended().len();
        let _ = queue.push(follow_up(number)).await;
        a_while().await;
        if notes.ended().len() > before {
            return;
        }
    }
}

#[tokio::test]
async fn another_process_does_the_job() {
    let gate = Gate::new(1, Door::Open).await;
    let (web, worker, notes) = (queue(&gate), queue(&gate), Notes::free());
    web.push(wake(1, "request")).await.unwrap();
    assert_eq!(web.depth().await, Ok(1));
    let _workers = Workers::start(&worker, Arc::clone(&notes), 2, "a");
    notes.until_ended(1).await;
    assert_eq!(notes.ended(), [wake(1, "request")]);
    assert_eq!(worker.depth().await, Ok(0));
    assert!(worker.latency().await.unwrap() > Duration::ZERO);
}

#[tokio::test]
async fn an_idle_worker_never_misses_a_ring() {
    let gate = Gate::new(2, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::free());
    let _workers = Workers::start(&queue, Arc::clone(&notes), 1, "a");
    for ring in 1..=15 {
        tokio::time::sleep(Duration::from_millis(37 * u64::try_from(ring).unwrap() % 450)).await;
        queue.push(wake(1, ring)).await.unwrap();
        let pushed = Instant::now();
        notes.until_ended(ring).await;
        assert!(pushed.elapsed() < Duration::from_millis(1500), "ring {ring} took {:?}", pushed.elapsed());
    }
}

#[tokio::test]
async fn waiting_wakes_become_one_over_all_processes() {
    let gate = Gate::new(3, Door::Open).await;
    let (one, two, notes) = (queue(&gate), queue(&gate), Notes::holding(0));
    for request in 0..5 {
        one.push(wake(1, request)).await.unwrap();
        two.push(wake(1, request)).await.unwrap();
    }
    assert_eq!(one.depth().await, Ok(1));
    let _workers = Workers::start(&two, Arc::clone(&notes), 4, "a");
    notes.until_begun(1).await;
    one.push(wake(1, "while it runs")).await.unwrap();
    a_while().await;
    assert_eq!(notes.begun().len(), 1, "a guild's wakes never overlap");
    notes.let_go(10);
    notes.until_ended(2).await;
    a_while().await;
    assert_eq!(notes.ended(), [wake(1, 0), wake(1, "while it runs")]);
}

#[tokio::test]
async fn emptied_redis_loses_what_waited_and_nothing_after() {
    let gate = Gate::new(4, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::free());
    let _workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    queue.push(follow_up(1)).await.unwrap();
    notes.until_ended(1).await;
    ::redis::cmd("FLUSHDB").query_async::<()>(&mut gate.direct().await).await.unwrap();
    push_until_ended(&queue, &notes).await;
}

#[tokio::test]
async fn away_from_the_start_jobs_run_here_and_pushing_elsewhere_fails_fast() {
    let gate = Gate::new(5, Door::Shut).await;
    let (web, worker, notes) = (queue(&gate), queue(&gate), Notes::free());
    let _workers = Workers::start(&worker, Arc::clone(&notes), 2, "a");
    let began = Instant::now();
    for request in 0..20 {
        assert_eq!(web.push(wake(request, "web")).await, Err(QueueError::Away));
    }
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    worker.push(wake(1, "sweep")).await.unwrap();
    notes.until_ended(1).await;
    assert_eq!(worker.depth().await, Err(QueueError::Away));
    assert_eq!((worker.room_for_sweep().await, web.room_for_sweep().await), (100, 0));

    gate.set(Door::Open);
    push_until_ended(&web, &notes).await;
}

#[tokio::test]
async fn a_redis_that_stops_and_starts_is_found_again() {
    let gate = Gate::new(6, Door::Open).await;
    let (web, worker, notes) = (queue(&gate), queue(&gate), Notes::free());
    let _workers = Workers::start(&worker, Arc::clone(&notes), 2, "a");
    push_until_ended(&web, &notes).await;
    for _ in 0..2 {
        gate.set(Door::Shut);
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(web.push(follow_up(1)).await, Err(QueueError::Away));
        gate.set(Door::Open);
        push_until_ended(&web, &notes).await;
    }
}

#[tokio::test]
async fn a_job_in_hand_survives_the_loss_of_redis() {
    let gate = Gate::new(7, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::holding(0));
    let _workers = Workers::start(&queue, Arc::clone(&notes), 2, "a");
    queue.push(follow_up(1)).await.unwrap();
    notes.until_begun(1).await;
    gate.set(Door::Shut);
    tokio::time::sleep(Duration::from_secs(3)).await;
    notes.let_go(1);
    notes.until_ended(1).await;
}

#[tokio::test]
async fn a_silent_redis_holds_nobody_longer_than_a_second() {
    let gate = Gate::new(8, Door::Silent).await;
    let queue = queue(&gate);
    for _ in 0..3 {
        let began = Instant::now();
        assert_eq!(queue.push(wake(1, "click")).await, Err(QueueError::Away));
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
}

#[tokio::test]
async fn a_killed_workers_job_goes_to_another_in_seconds() {
    let gate = Gate::new(9, Door::Open).await;
    let (queue, held, free) = (queue(&gate), Notes::holding(0), Notes::free());
    let doomed = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let there = Queue::new(Some(&gate.url())).unwrap();
    let workers = {
        let _inside = doomed.enter();
        Workers::start(&there, Arc::clone(&held), 2, "doomed")
    };
    queue.push(follow_up(1)).await.unwrap();
    held.until_begun(1).await;
    std::mem::forget(workers);
    doomed.shutdown_background();
    let killed = Instant::now();
    let _workers = Workers::start(&queue, Arc::clone(&free), 2, "heir");
    free.until_ended(1).await;
    assert!(killed.elapsed() < Duration::from_secs(12), "{:?}", killed.elapsed());
    assert_eq!(free.ended(), [follow_up(1)]);
}

#[tokio::test]
async fn a_long_job_stays_with_its_worker() {
    let gate = Gate::new(13, Door::Open).await;
    let (here, there, notes) = (queue(&gate), queue(&gate), Notes::holding(0));
    let _workers = Workers::start(&here, Arc::clone(&notes), 1, "a");
    here.push(follow_up(1)).await.unwrap();
    notes.until_begun(1).await;
    let other = Notes::free();
    let _others = Workers::start(&there, Arc::clone(&other), 1, "b");
    tokio::time::sleep(Duration::from_secs(10)).await;
    notes.let_go(1);
    notes.until_ended(1).await;
    assert_eq!((notes.begun().len(), other.begun().len()), (1, 0));
}

#[tokio::test]
async fn a_drain_acknowledges_everything_it_finished() {
    let gate = Gate::new(10, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::holding(0));
    let workers = Workers::start(&queue, Arc::clone(&notes), 10, "a");
    for number in 0..20 {
        queue.push(wake(number, "change")).await.unwrap();
    }
    notes.until_begun(10).await;
    let drain = tokio::spawn(workers.drain(Duration::from_secs(10)));
    a_while().await;
    notes.let_go(20);
    assert_eq!(drain.await.unwrap(), Drained::Empty);
    assert_eq!(notes.ended().len(), 10);
    let mut redis = gate.direct().await;
    let in_flight: Vec<String> =
        ::redis::cmd("KEYS").arg("*inflight*").query_async(&mut redis).await.unwrap();
    assert_eq!(in_flight, Vec::<String>::new(), "every job in hand was acknowledged");
    assert_eq!(queue.depth().await, Ok(10));
}

#[tokio::test]
async fn the_queue_fills_up_long_before_apalis_breaks() {
    let gate = Gate::new(11, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::free());
    let mut pushed = 0;
    while queue.push(follow_up(pushed)).await.is_ok() {
        pushed += 1;
    }
    assert_eq!(queue.push(follow_up(0)).await, Err(QueueError::Full));
    assert!((100..1000).contains(&pushed), "{pushed}");
    let _workers = Workers::start(&queue, Arc::clone(&notes), 8, "a");
    notes.until_ended(usize::try_from(pushed).unwrap()).await;
}

#[tokio::test]
async fn a_job_that_nobody_understands_stops_nobody() {
    let gate = Gate::new(12, Door::Open).await;
    let (queue, notes) = (queue(&gate), Notes::free());
    let mut redis = gate.direct().await;
    queue.push(follow_up(1)).await.unwrap();
    let id: Vec<String> =
        ::redis::cmd("HKEYS").arg("simlane:jobs:data").query_async(&mut redis).await.unwrap();
    let strange = r#"{"job":"from_a_later_version"}"#;
    ::redis::cmd("HSET")
        .arg(("simlane:jobs:data", &id[0], strange))
        .query_async::<()>(&mut redis)
        .await
        .unwrap();
    let _workers = Workers::start(&queue, Arc::clone(&notes), 1, "a");
    queue.push(follow_up(2)).await.unwrap();
    notes.until_ended(1).await;
    assert_eq!(notes.ended(), [follow_up(2)]);
}
