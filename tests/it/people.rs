//! What a club gives its members and calls them: the settings of its people, and what a sync makes of them.

use sandbox::{Permissions, people::Person};
use simlane::{
    domain::{name::RoleName, sync::SyncKind},
    store::{clubs, identities, members, sync_runs},
};
use twilight_model::id::Id;

use crate::world::{Pair, World};

/// A person's roles in the club.
async fn roles(world: &World, person: &Person) -> Vec<String> {
    let store = world.service().store();
    let club = clubs::of_guild(store, Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let identity = identities::by_account(store, Id::new(person.id().get())).await.unwrap().unwrap();
    let member = members::by_user(store, club.id, identity.user).await.unwrap().unwrap();
    member.roles.iter().map(RoleName::to_string).collect()
}

fn has(world: &World, person: &Person, role: &sandbox::Role) -> bool {
    world.guild.snapshot().guild.members[&person.id()].roles.contains(&role.id)
}

/// What is chosen for people is theirs after the night's sync, and stands in the form again.
async fn are_given_what_is_chosen(pair: Pair) {
    let world = World::new(pair).await;
    let club = world.club().await;
    let (ana, ben) = (world.member("Ana"), world.member("Ben"));
    let (given, stewards) = (world.guild.role("Members"), world.guild.role("Stewards"));
    ana.give(&stewards);
    world.guild.bot_role_position(1_000);
    let form = club.settings("People").await;
    let saved = form
        .choose("Member role", &["Members"])
        .check("Sync every night", true)
        .choose("Discord roles that count in the club", &["Stewards"])
        .fill("Called otherwise in the club", "stewards = **Race** control")
        .submit()
        .await
        .settled()
        .await;
    let text = saved.text();
    assert!(text.contains("**People saved.** Members follow with the next sync."), "{text}");
    assert!(text.contains(r"\*\*Race\*\* control") && text.contains("at 4 in the morning"), "{text}");
    world.settle().await;
    let form = club.settings("People").await;
    assert_eq!(form.value("Called otherwise in the club").unwrap(), "Stewards = **Race** control");
    assert!(!has(&world, &ana, &given), "not before the sync");

    world.at("2026-11-11T03:00:00Z").await;
    world.service().service().start_nightly_syncs("test").await.unwrap();
    world.settle().await;
    assert!(has(&world, &ana, &given) && has(&world, &ben, &given));
    assert_eq!(
        (roles(&world, &ana).await, roles(&world, &ben).await),
        (vec!["**Race** control".to_owned()], vec![])
    );
    let runs =
        clubs::of_guild(world.service().store(), Id::new(world.guild.id().get())).await.unwrap().unwrap();
    let runs = sync_runs::of_club(world.service().store(), runs.id, None, 9).await.unwrap();
    assert_eq!((runs.len(), runs[0].kind), (1, SyncKind::Nightly));

    // Taken out again, the role in the club goes with the next sync; the one on Discord stays.
    let form = club.settings("People").await;
    let saved = form
        .choose("Member role", &[])
        .check("Sync every night", false)
        .choose("Discord roles that count in the club", &[])
        .fill("Called otherwise in the club", "")
        .submit()
        .await
        .settled()
        .await;
    let text = saved.text();
    assert!(text.contains("none is given") && text.contains("**Nightly sync:** off"), "{text}");
    club.organiser.slash("club sync").option("mode", "apply").send().await;
    world.settle().await;
    assert!(has(&world, &ana, &given) && roles(&world, &ana).await.is_empty());
    world.end().await;
}

#[tokio::test]
async fn people_are_given_what_is_chosen_on_sqlite() {
    are_given_what_is_chosen(Pair::Sqlite).await;
}

#[tokio::test]
async fn people_are_given_what_is_chosen_on_postgresql_and_redis() {
    are_given_what_is_chosen(Pair::Postgres).await;
}

/// A role that can't be given is refused with the reason, and what was typed is kept.
#[tokio::test]
async fn a_role_that_cannot_be_given_is_refused() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let high = world.guild.role("Admirals");
    for (role, why) in [("@everyone", "Everybody has that role"), ("Simlane", "belongs to a bot")] {
        let form = club.settings("People").await;
        let refused = form.choose("Member role", &[role]).submit().await.settled().await;
        assert!(refused.text().contains(why), "{role}: {}", refused.text());
    }
    let form = club.settings("People").await;
    let refused = form.fill("Called otherwise in the club", "Stewards = Race control").submit().await;
    let refused = refused.settled().await;
    assert!(refused.text().contains("none of the roles chosen above"), "{}", refused.text());

    // Nobody knows yet where the bot's role stands; once somebody looked, that counts.
    world.guild.bot_role_position(1);
    club.organiser.slash("club health").send().await;
    world.settle().await;
    let form = club.settings("People").await;
    let refused = form.choose("Member role", &["Admirals"]).check("Sync every night", true).submit().await;
    let refused = refused.settled().await;
    assert!(
        refused.text().contains("**Member role:** It stands above the bot's own role"),
        "{}",
        refused.text()
    );
    let again = club.organiser.press(&refused.message(), "Edit again").await.modal();
    assert_eq!(again.value("Sync every night").unwrap(), true);
    world.guild.bot_role_position(1_000);
    club.organiser.slash("club health").send().await;
    world.settle().await;
    let saved = again.submit().await.settled().await;
    assert!(saved.text().contains("People saved"), "{}", saved.text());
    assert!(saved.text().contains(&format!("<@&{}>", high.id)), "{}", saved.text());
    world.end().await;
}

/// Nobody but organisers, whoever finds the button.
#[tokio::test]
async fn settings_of_people_are_the_organisers_alone() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let panel = club.organiser.slash("club settings").send().await.message();
    club.organiser.take(&world.guild.role_with("Organisers", Permissions::MANAGE_GUILD));
    let refused = club.organiser.press_custom_id(&panel, "1:settings:people").await;
    assert!(refused.text().contains("organisers"), "{}", refused.text());
    world.end().await;
}
