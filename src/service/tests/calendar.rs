use std::time::Duration;

use super::stage::{Stage, manager, on_stage, person, spa};
use crate::{
    domain::{id::SeriesId, signup::Wish},
    service::{Service, calendar::CalendarOwner, event::NewEvent},
    store::{
        forget, guilds,
        testing::{Watched, commit, guild},
    },
};

impl Stage {
    /// A person's link.
    async fn calendar(&self, number: u64) -> String {
        self.service.my_calendar(&person(number, 1).account, "request").await.unwrap().token
    }

    /// What a link opens; `None` where it doesn't work.
    async fn opened(&self, token: &str) -> Option<String> {
        let owner = self.service.calendar_owner(token).await.unwrap()?;
        Some(self.service.calendar(owner).await.unwrap())
    }

    async fn works(&self, token: &str) -> bool {
        self.service.calendar_owner(token).await.unwrap().is_some()
    }

    /// An event that this person is signed up for.
    async fn raced(&self, number: u64, in_guild: u64) {
        self.raced_in(number, in_guild, None).await;
    }

    async fn raced_in(&self, number: u64, in_guild: u64, series: Option<SeriesId>) {
        let new = NewEvent { series, ..spa("x 2") };
        let (facts, _) = self.create(&manager(in_guild), new).await.unwrap();
        self.press(&person(number, in_guild), facts.event.id, Wish::sign_up(None)).await.unwrap();
    }
}

fn events(feed: &str) -> usize {
    feed.matches("BEGIN:VEVENT").count()
}

#[tokio::test]
async fn a_feed_asks_as_much_for_many_events_as_for_one() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let series = stage.series(&manager(1), "Winter Cup").await.unwrap().0.id;
        let user = stage.service.my_calendar(&person(7, 1).account, "request").await.unwrap();
        let Some(CalendarOwner::Person(user)) = stage.service.calendar_owner(&user.token).await.unwrap()
        else {
            panic!("a link opens what it was made for")
        };
        let (watched, service) = stage.watched();
        let owners = [CalendarOwner::Club(club), CalendarOwner::Person(user)];
        let mut costs = Vec::new();
        for races in [1, 20] {
            for _ in 0..races {
                stage.raced_in(7, 1, Some(series)).await;
            }
            for owner in owners {
                let (feed, asked) = watched.asked(service.calendar(owner)).await;
                costs.push((events(&feed.unwrap()), asked.len()));
                watched.explain_all(asked).await;
            }
        }
        assert_eq!(costs, [(1, 6), (1, 6), (21, 6), (21, 6)]);
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_what_they_are_signed_up_for_in_every_club() {
    on_stage(|stage| async move {
        stage.club(1).await;
        stage.club(2).await;
        stage.raced(7, 1).await;
        stage.raced(7, 2).await;
        stage.raced(8, 2).await;
        let feed = stage.opened(&stage.calendar(7).await).await.unwrap();
        assert_eq!(events(&feed), 2, "{feed}");
        // What is over stays.
        stage.clock.advance(Duration::from_secs(400 * 24 * 3_600));
        assert_eq!(stage.opened(&stage.calendar(7).await).await.unwrap(), feed);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_shown_again_and_replaced_once() {
    on_stage(|stage| async move {
        let account = person(7, 1).account;
        let renew =
            async |serial| stage.service.renew_my_calendar(&account, serial, "request").await.unwrap();
        let first = stage.service.my_calendar(&account, "request").await.unwrap();
        assert_eq!(stage.calendar(7).await, first.token);
        let second = renew(first.serial).await;
        assert_eq!(renew(first.serial).await, second, "the first is replaced already");
        assert_eq!(renew(9).await, second, "there is no such one");
        assert!(!stage.works(&first.token).await && stage.works(&second.token).await);
        let third = renew(second.serial).await;
        assert!(!stage.works(&second.token).await && stage.works(&third.token).await);
    })
    .await;
}

#[tokio::test]
async fn a_link_goes_with_whom_its_person_turns_out_to_be() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        stage.enter(club, 1, &[("email", "ana@example.org")]).await;
        stage.raced(7, 1).await;
        let before = stage.calendar(7).await;
        stage.link(7, Some("ana@example.org")).await;
        let after = stage.calendar(7).await;
        assert_ne!(before, after, "who is another has that one's link");
        let (old, new) = (stage.opened(&before).await.unwrap(), stage.opened(&after).await.unwrap());
        assert_eq!((events(&old), &old), (1, &new), "what was subscribed before goes on");

        let account = person(7, 1).account;
        let renewed = stage.service.renew_my_calendar(&account, 0, "request").await.unwrap().token;
        assert!(!stage.works(&before).await && !stage.works(&after).await, "both showed the same");
        assert!(stage.works(&renewed).await);

        // Parted again, nobody reads the other's by a link that they had.
        stage.unlink(7).await.unwrap();
        assert!(!stage.works(&renewed).await);
        let own = stage.calendar(7).await;
        assert_eq!(events(&stage.opened(&own).await.unwrap()), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_who_is_forgotten_has_a_link() {
    on_stage(|stage| async move {
        stage.club(1).await;
        stage.raced(7, 1).await;
        let mine = stage.calendar(7).await;
        let clubs = stage.service.club_calendar(&manager(1)).await.unwrap().link.token;
        assert!(stage.works(&mine).await && stage.works(&clubs).await);
        let now = stage.clock.now();
        commit(&stage.store, async |tx| guilds::lose(tx, guild(1), now).await.unwrap()).await;
        assert!(stage.works(&clubs).await, "the app may come back");
        assert!(forget::guild(&stage.store, guild(1), now).await.unwrap());
        assert!(!stage.works(&mine).await && !stage.works(&clubs).await);
    })
    .await;
}

#[tokio::test]
async fn a_signature_is_of_one_key_and_one_owner() {
    on_stage(|stage| async move {
        let (seven, eight) = (stage.calendar(7).await, stage.calendar(8).await);
        let (name, signature) = seven.split_at(23);
        assert!(!stage.works(&format!("{}{signature}", &eight[..23])).await);
        assert!(!stage.works(&format!("{name}{}", "0".repeat(32))).await);
        assert!(!stage.works(&format!("c{}{signature}", &name[1..])).await);
        for odd in ["", "p", name, signature, &format!("{seven}0"), &"🏁".repeat(14)] {
            assert!(!stage.works(odd).await, "{odd}");
        }
    })
    .await;
}

impl Stage {
    /// The same service, whose statements are watched.
    fn watched(&self) -> (Watched, Service) {
        let watched = Watched::new(self.store.clone());
        let service = Self::new(watched.store.clone()).service;
        (watched, service)
    }
}
