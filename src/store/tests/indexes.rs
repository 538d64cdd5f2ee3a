//! What cron and clicks ask finds its rows by an index, however large the tables grow.

use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        calendar::CalendarOwner,
        id::{ConflictId, EventId, OwnerId, SeriesId, SyncId, UserId},
    },
    store::{
        answers, bindings, calendars, command_log,
        conflicts::{self, ConflictState},
        crew_drafts, deletions, drafts, events, follow_ups, guild_members, identities, import_jobs, imports,
        match_answers, members, openings, owners, questions, readiness, recurrences, series, signups,
        sync_runs, templates,
        testing::{Watched, club, event, guild, noon, on_both},
        users, webhooks,
    },
};

#[tokio::test]
async fn the_sweep_reads_indexes_only() {
    on_both(|store| async move {
        club(&store, 1).await;
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(owners::due(store, now, 9), &["owners_not_before", "owners_due_at"]).await;
        watched.finds(owners::queue(store, now), &["owners_not_before", "owners_due_at"]).await;
        watched.finds(owners::due_of_guild(store, guild(1), now), &["owners_guild_id"]).await;
        watched.finds(owners::next_at(store, guild(1)), &["owners_guild_id"]).await;
        watched.finds(owners::start_checks(store, now, 9), &["owners_check_due_at"]).await;
        watched.finds(follow_ups::waiting(store, now, 9), &["follow_ups_expires_at"]).await;
        watched.finds(import_jobs::waiting(store, 9), &["import_jobs_claim_until"]).await;
        watched.finds(recurrences::due(store, now, 9), &["recurrences_due_at"]).await;
        watched.finds(webhooks::waiting(store, now, 9), &["webhook_deliveries_not_before"]).await;
        watched.finds(webhooks::owed(store, now), &["webhook_deliveries_not_before"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_pass_and_a_click_ask_reads_indexes_only() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let owner = OwnerId::of_event(event(&store, &club, 1, 5).await.id);
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(questions::of_owners(store, &[owner]), &["questions_owner_id"]).await;
        watched.finds(questions::open(store, guild(1)), &["questions_guild_id_state"]).await;
        watched.finds(bindings::of_owner(store, owner), &["bindings_owner_id_slot"]).await;
        watched.finds(bindings::by_channel(store, guild(1), Id::new(9)), &[]).await;
        watched.finds(bindings::all_of_guild(store, guild(1)), &["bindings_guild_id"]).await;
        watched.finds(events::coming(store, club.id, now, 9), &["events_club_id_end_at"]).await;
        watched.finds(events::live(store, club.id, now), &["events_club_id_end_at"]).await;
        watched.finds(deletions::recent(store, guild(1), now), &["deletions_guild_id_at"]).await;
        let event = EventId::new(owner.uuid());
        watched.finds(recurrences::of_event(store, club.id, event), &["occurrences_event_id"]).await;
        watched.finds(templates::search(store, club.id, "spa", 9), &["templates_club_id_name_key"]).await;
        let named = openings::TemplateKey::Name("Spa");
        let cup = Some(openings::SeriesKey::Name("Cup"));
        for series in [None, cup] {
            watched.finds(openings::template(store, guild(1), named, series), &[]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_forgotten_is_found_by_its_age() {
    on_both(|store| async move {
        let (watched, now) = (Watched::new(store.clone()), noon(0));
        let store = &watched.store;
        watched.finds(answers::purge(store, now), &["answers_expires_at"]).await;
        watched.finds(command_log::purge(store, now), &["command_log_at"]).await;
        watched.finds(crew_drafts::purge(store, now), &["crew_drafts_expires_at"]).await;
        watched.finds(deletions::purge(store, now), &["deletions_at"]).await;
        watched.finds(drafts::purge(store, now), &["drafts_expires_at"]).await;
        watched.finds(follow_ups::purge(store, now), &["follow_ups_expires_at"]).await;
        watched.finds(imports::purge(store, now), &["imports_expires_at"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_programs_list_is_found_page_by_page() {
    on_both(|store| async move {
        let club = club(&store, 1).await.id;
        let watched = Watched::new(store.clone());
        let (store, listing) = (&watched.store, members::Listing::default());
        let (account, user) = (Id::new(7), UserId::new(Uuid::from_u128(7)));
        let after = Some(user);
        watched.finds(members::page(store, club, &listing, after, 9), &[]).await;
        let listing = members::Listing { external_id: Some("7".parse().unwrap()), ..listing };
        watched.finds(members::page(store, club, &listing, after, 9), &[]).await;
        watched.finds(members::some(store, club, [user]), &[]).await;
        watched.finds(identities::of_all(store, [user]), &["discord_identities_user_id"]).await;
        watched.finds(identities::by_accounts(store, [account]), &[]).await;
        watched.finds(users::current_of(store, [user]), &[]).await;
        watched.finds(match_answers::same(store, club, [account]), &[]).await;
        watched.finds(guild_members::some(store, guild(1), [account]), &[]).await;
        let (open, after) = (&[ConflictState::Open], Some(ConflictId::new(user.uuid())));
        watched.finds(conflicts::page(store, club, open, after, 9), &["conflicts_club_id_id"]).await;
        let (event, listing) = (EventId::new(user.uuid()), events::Listing::default());
        watched.finds(events::page(store, club, &listing, Some(event), 9), &[]).await;
        let named = events::Listing { external_id: Some("7".parse().unwrap()), ..listing };
        watched.finds(events::page(store, club, &named, None, 9), &[]).await;
        watched.finds(events::by_external_id(store, club, &"7".parse().unwrap()), &[]).await;
        watched.finds(events::club_of(store, event), &[]).await;
        let after = Some(SeriesId::new(user.uuid()));
        watched.finds(series::page(store, club, None, after, 9), &[]).await;
        watched.finds(signups::written(store, event), &["signups_event_id_user_id"]).await;
        watched.finds(readiness::of_event(store, event), &[]).await;
        watched.finds(readiness::of(store, event, user), &[]).await;
        watched.finds(owners::standing(store, &[OwnerId::of_event(event)], noon(0)), &[]).await;
        let before = Some(SyncId::new(user.uuid()));
        watched.finds(sync_runs::of_club(store, club, before, 9), &["sync_runs_club_id_id"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_merge_takes_along_is_found_by_whose_it_was() {
    on_both(|store| async move {
        let club = club(&store, 1).await.id;
        let watched = Watched::new(store.clone());
        let (from, into) = (UserId::new(Uuid::from_u128(7)), UserId::new(Uuid::from_u128(8)));
        let (_, asked) = watched
            .asked(async {
                let tx = watched.store.begin().await.unwrap();
                users::hold(&tx, &[from, into]).await.unwrap();
                signups::events_of(&tx, from).await.unwrap();
                members::of_user(&tx, from).await.unwrap();
                users::merge(&tx, from, into, noon(0)).await.unwrap();
                users::give(&tx, Id::new(7), into, None, None).await.unwrap();
                calendars::renew(&tx, CalendarOwner::Person(into), 0).await.unwrap();
                calendars::stop(&tx, into).await.unwrap();
                members::set_left(&tx, club, &[from], None, noon(0)).await.unwrap();
                tx.commit().await.unwrap();
            })
            .await;
        let asked = asked.into_iter().filter(|one| one.sql.contains(" WHERE ")).collect();
        let plan = watched.explain_all(asked).await;
        let of_users = [
            "users_merged_into",
            "link_codes_user_id",
            "match_answers_user_id",
            "readiness_user_id",
            "signups_user_id",
        ];
        for index in of_users {
            assert!(plan.contains(&format!("{index} ")), "{index} isn't used:\n{plan}");
        }
    })
    .await;
}
