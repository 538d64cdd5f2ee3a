//! Two hundred people for sixty places, at once.

use std::time::Instant;

use futures::future::join_all;

use super::stage::{manager, on_stage, spa};
use crate::domain::{
    id::OwnerId,
    signup::{SignupState, Wish},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_press_for_sixty_places() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("x 60")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        stage.rings();
        let begun = Instant::now();
        let presses = (1_000..1_200).map(|number| {
            let stage = stage.clone();
            tokio::spawn(async move { stage.press_card(number, id, Wish::sign_up(None)).await })
        });
        for press in join_all(presses).await {
            press.unwrap().unwrap();
        }
        eprintln!("200 sign-ups took {:?}", begun.elapsed());
        let sheet = stage.service.event(&manager(1), id).await.unwrap().facts.sheet;
        let states: Vec<SignupState> = sheet.lines().iter().map(|line| line.state).collect();
        assert_eq!(states.len(), 200);
        assert!(states[..60].iter().all(|state| *state == SignupState::In), "the first sixty commits");
        assert!(states[60..].iter().all(|state| *state == SignupState::Waiting));
        let mut orders: Vec<u64> = sheet.lines().iter().map(|line| line.order).collect();
        orders.dedup();
        assert_eq!(orders.len(), 200, "no two have one place");
        assert_eq!(stage.serve(1).await, [], "one settling edit, and not before it is quiet");
        stage.at(stage.clock.now() + std::time::Duration::from_secs(5));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
    })
    .await;
}
