use twilight_model::{guild::Permissions, id::Id};
use uuid::Uuid;

use crate::{
    domain::{
        club::{Club, Series},
        event::EventState,
        id::SeriesId,
        locale::Locale,
        notice::Where,
        series_defaults::SeriesDefaults,
        settings::{Grace, Lead, Notifications, PutAway, RaceVoice, Updates, VoiceAccess},
        zone::Zone,
    },
    store::{
        Store, StoreError, clubs, events,
        guilds::{self, Sighting},
        series,
        testing::{an_event, club, commit, event, guild, noon, on_both, sighting},
    },
};

fn a_series(club: &Club, number: u64, name: &str) -> Series {
    Series {
        adopted_category: Some(Id::new(u64::MAX)),
        archived_at: None,
        club: club.id,
        defaults: SeriesDefaults::default(),
        id: SeriesId::new(Uuid::from_u64_pair(6, number)),
        name: name.parse().unwrap(),
    }
}

async fn create_series(store: &Store, series: &Series) -> bool {
    commit(store, async |tx| series::create(tx, series, noon(0)).await.unwrap()).await
}

#[tokio::test]
async fn a_club_reads_back_as_it_was_saved() {
    on_both(|store| async move {
        let mut club = club(&store, u64::MAX).await;
        assert_eq!(clubs::of_guild(&store, guild(u64::MAX)).await.unwrap().as_ref(), Some(&club));
        assert_eq!(clubs::guild_of(&store, club.id).await.unwrap(), Some(club.guild));
        club.name = "Tagfalter 🦋".parse().unwrap();
        club.zone = Zone::parse("Asia/Kathmandu").unwrap();
        let settings = &mut club.settings;
        settings.auto_create_channels = false;
        settings.channel_naming_pattern = "{date} {event}".parse().unwrap();
        settings.grace = Grace::hours(0).unwrap();
        settings.notification_preferences = Notifications {
            promotions: Where::Off,
            race_voice: Where::Announcement,
            ..Notifications::default()
        };
        settings.clean_reminders = false;
        settings.locale = Locale::Fi;
        settings.reminders = "2d, 90m".parse().unwrap();
        settings.updates = Updates::Off;
        settings.announcement_channel = Some(Id::new(2));
        settings.native_events = false;
        settings.organiser_channel = Some(Id::new(1));
        settings.organiser_role = Some(Id::new(u64::MAX));
        settings.put_away = PutAway::Delete;
        settings.race_voice_access = VoiceAccess::Open;
        for race_voice in [RaceVoice::Off, RaceVoice::Ahead(Lead::hours(168).unwrap())] {
            club.settings.race_voice = race_voice;
            commit(&store, async |tx| clubs::save(tx, &club, noon(1)).await.unwrap()).await;
            assert_eq!(clubs::of_guild(&store, guild(u64::MAX)).await.unwrap().as_ref(), Some(&club));
        }
        assert_eq!(clubs::of_guild(&store, guild(1)).await.unwrap(), None);
        let rival = Club { id: crate::domain::id::ClubId::new(Uuid::from_u64_pair(1, 9)), ..club.clone() };
        let created = commit(&store, async |tx| clubs::create(tx, &rival, noon(2)).await.unwrap()).await;
        assert!(!created, "one club a guild");
    })
    .await;
}

#[tokio::test]
async fn a_guild_is_written_when_there_is_news() {
    on_both(|store| async move {
        let see = async |sighting: Sighting| {
            commit(&store, async |tx| guilds::see(tx, guild(1), sighting, noon(0)).await.unwrap()).await
        };
        assert!(see(sighting()).await.is_new);
        assert_eq!(see(sighting()).await, guilds::News::default());
        let silent = Sighting { installed_by: None, locale: None, name: None, permissions: None };
        assert_eq!(see(silent.clone()).await, guilds::News::default());
        let unknown_bit = Permissions::from_bits_retain(1 << 62);
        assert!(see(Sighting { permissions: Some(unknown_bit), ..silent }).await.permissions);
        let seen = guilds::by_id(&store, guild(1)).await.unwrap().unwrap();
        assert_eq!((seen.permissions, seen.name.as_deref()), (unknown_bit, Some("Night Owls")));
        assert_eq!(guilds::active(&store).await.unwrap(), [seen]);
    })
    .await;
}

#[tokio::test]
async fn series_names_are_unique_in_their_club_in_any_case() {
    on_both(|store| async move {
        let (ours, theirs) = (club(&store, 1).await, club(&store, 2).await);
        assert!(create_series(&store, &a_series(&ours, 1, "Winter Cup")).await);
        assert!(!create_series(&store, &a_series(&ours, 2, "WINTER cup")).await);
        assert!(create_series(&store, &a_series(&theirs, 3, "Winter Cup")).await);
        assert!(create_series(&store, &a_series(&ours, 4, "100% Été_2026")).await);
        let mut renamed = a_series(&ours, 4, "winter CUP");
        assert!(!commit(&store, async |tx| series::save(tx, &renamed).await.unwrap()).await);
        renamed.name = "100% été_2026".parse().unwrap();
        assert!(commit(&store, async |tx| series::save(tx, &renamed).await.unwrap()).await);
        assert_eq!(series::by_id(&store, ours.id, renamed.id).await.unwrap(), Some(renamed.clone()));
        assert_eq!(series::by_id(&store, theirs.id, renamed.id).await.unwrap(), None);
        for (typed, found) in [("", 2), ("CUP", 1), ("%", 1), ("_", 1), ("ÉTÉ", 1), ("\\", 0), ("0_", 0)] {
            assert_eq!(
                series::search(&store, ours.id, (typed, false), 25).await.unwrap().len(),
                found,
                "{typed:?}"
            );
        }
        renamed.archived_at = Some(noon(0));
        commit(&store, async |tx| series::save(tx, &renamed).await.unwrap()).await;
        assert_eq!(series::search(&store, ours.id, ("", false), 25).await.unwrap().len(), 1);
        let all = series::search(&store, ours.id, ("", true), 25).await.unwrap();
        assert_eq!((all.len(), all.last()), (2, Some(&renamed)), "those archived last");
        let names: Vec<_> = series::of_club(&store, ours.id).await.unwrap();
        assert_eq!(
            names.iter().map(|series| series.name.as_str()).collect::<Vec<_>>(),
            ["Winter Cup", "100% été_2026"]
        );
    })
    .await;
}

#[tokio::test]
async fn an_event_reads_back_as_it_was_saved() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let mut event = event(&store, &club, 1, 5).await;
        assert_eq!(events::by_id(&store, club.id, event.id).await.unwrap().as_ref(), Some(&event));
        create_series(&store, &a_series(&club, 1, "Cup")).await;
        event.series = Some(SeriesId::new(Uuid::from_u64_pair(6, 1)));
        event.state = EventState::Cancelled { at: noon(7), reason: "Snow.".into() };
        event.track = None;
        event.revision = 2;
        let mut second = event.classes[0].clone();
        second.id = crate::domain::id::ClassId::new(Uuid::from_u64_pair(3, 2));
        second.name = Some("GT3".parse().unwrap());
        second.capacity = None;
        event.classes.insert(0, second);
        commit(&store, async |tx| events::save(tx, &event).await.unwrap()).await;
        let locked = commit(&store, async |tx| events::lock(tx, club.id, event.id).await.unwrap()).await;
        assert_eq!(locked.as_ref(), Some(&event));
        event.classes.remove(1);
        commit(&store, async |tx| events::save(tx, &event).await.unwrap()).await;
        assert_eq!(events::by_id(&store, club.id, event.id).await.unwrap().as_ref(), Some(&event));
    })
    .await;
}

#[tokio::test]
async fn no_finder_reaches_another_clubs_events() {
    on_both(|store| async move {
        let (ours, theirs) = (club(&store, 1).await, club(&store, 2).await);
        let event = event(&store, &ours, 1, 5).await;
        let now = noon(0);
        let found = events::search(&store, ours.id, "RACE", now, 25).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&event));
        assert_eq!(events::by_id(&store, theirs.id, event.id).await.unwrap(), None);
        assert!(events::search(&store, theirs.id, "", now, 25).await.unwrap().is_empty());
        assert!(events::coming(&store, theirs.id, now, 25).await.unwrap().is_empty());
        assert!(events::live(&store, theirs.id, now).await.unwrap().is_empty());
        assert!(events::channel_names_taken(&store, theirs.id, now).await.unwrap().is_empty());
        let tx = store.begin().await.unwrap();
        assert_eq!(events::lock(&tx, theirs.id, event.id).await.unwrap(), None);
        let stolen = crate::domain::event::Event { club: theirs.id, revision: 9, ..event.clone() };
        events::save(&tx, &stolen).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(events::by_id(&store, ours.id, event.id).await.unwrap().unwrap().revision, 1);
    })
    .await;
}

#[tokio::test]
async fn events_come_in_the_order_of_their_nearness() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        for (number, day) in [(1, 3), (2, 1), (3, -9), (4, -4), (5, 2)] {
            let mut event = an_event(&club, number, 5);
            event.start = noon(day * 24 * 3_600_000);
            if number == 5 {
                event.state = EventState::Cancelled { at: noon(0), reason: String::new() };
            }
            commit(&store, async |tx| events::create(tx, &event).await.unwrap()).await;
        }
        let names = |events: Vec<crate::domain::event::Event>| {
            events.iter().map(|event| event.name.to_string()).collect::<Vec<_>>().join(", ")
        };
        let now = noon(0);
        assert_eq!(names(events::coming(&store, club.id, now, 25).await.unwrap()), "Race 2, Race 1");
        assert_eq!(names(events::live(&store, club.id, now).await.unwrap()), "Race 2, Race 5, Race 1");
        let found = events::search(&store, club.id, "race", now, 4).await.unwrap();
        assert_eq!(names(found), "Race 2, Race 5, Race 1, Race 4");
        assert_eq!(events::search(&store, club.id, "", now, 2).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_named() {
    use sea_orm::ConnectionTrait;
    on_both(|store| async move {
        let club = club(&store, 1).await;
        store.write.execute_unprepared("UPDATE club_settings SET put_away = 'burn'").await.unwrap();
        let error = clubs::of_guild(&store, club.guild).await.unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { table: "club_settings", what, .. } if what.contains("put_away")));
    })
    .await;
}
