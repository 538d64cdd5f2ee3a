//! Who may be one of two, and who is nobody.

use sandbox::Newcomer;
use simlane::domain::member::LinkedBy;

use super::{entry, named};
use crate::world::{Pair, World};

/// Who may be one of two is asked about, and the answer stands in the next sync.
#[tokio::test]
async fn who_is_in_doubt_is_asked_about_and_the_answer_stands() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    let other =
        |name: &str, iracing: &str| entry(serde_json::json!({ "name": name, "iracing_name": iracing }));
    world.enter([other("Ana Pereira", "Ana Pereira"), other("Ana Pereira", "Ana Pereira2")]).await;
    let applied = club.sync("apply").await;
    assert!(applied.text().contains("1 in doubt"), "{}", applied.text());
    let question = club.organiser.slash("club conflicts").send().await;
    assert!(question.text().contains(&ana.mention()), "{}", question.text());
    let message = question.message();
    let values = message.select_values("It is…");
    assert_eq!(values.len(), 2, "{values:?}");
    let decided = club.organiser.select(&message, "It is…", &[values[1].as_str()]).await;
    assert!(decided.text().contains("and stays so"), "{}", decided.text());
    assert_eq!(world.who(&ana).await.unwrap().1, Some(LinkedBy::Conflict));
    let none = club.organiser.slash("club conflicts").send().await;
    assert!(none.text().contains("Nobody is in doubt"), "{}", none.text());
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());
    world.end().await;
}

#[tokio::test]
async fn none_of_these_is_an_answer_too() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let ana = world.member("Ana Pereira");
    world.enter([named("Ana Pereira"), named("Ana Pereira")]).await;
    club.sync("apply").await;
    let question = club.organiser.slash("club conflicts").send().await;
    let decided = club.organiser.press(&question.message(), "None of these").await;
    assert!(decided.text().contains("none of them"), "{}", decided.text());
    assert_eq!(world.who(&ana).await, Some(("Ana Pereira".to_owned(), None)));
    let nothing = club.sync("preview").await;
    assert!(nothing.text().contains("Nothing changes"), "{}", nothing.text());
    world.end().await;
}

/// Bots, people without a nickname worth the name and zalgo do no harm.
#[tokio::test]
async fn odd_members_do_no_harm() {
    let world = World::new(Pair::Sqlite).await;
    let club = world.club().await;
    let zalgo = "Z\u{300}\u{301}\u{302}\u{303}".repeat(8);
    let odd = [
        Newcomer { bot: true, global_name: Some("Ana Pereira".to_owned()), ..Newcomer::default() },
        Newcomer { nickname: Some(String::new()), username: Some("quiet".to_owned()), ..Newcomer::default() },
        Newcomer {
            nickname: Some("\u{200b}".to_owned()),
            username: Some("ghost".to_owned()),
            ..Newcomer::default()
        },
        Newcomer { global_name: Some(zalgo), ..Newcomer::default() },
    ];
    world.guild.fill(odd);
    world.enter([named("Ana Pereira")]).await;
    let applied = club.sync("apply").await;
    assert!(applied.text().contains("Member sync done"), "{}", applied.text());
    let counts = world.runs().await[0].results.counts;
    assert_eq!((counts.likely, counts.unmatched), (0, 1), "a bot is nobody: {counts:?}");
    world.end().await;
}
