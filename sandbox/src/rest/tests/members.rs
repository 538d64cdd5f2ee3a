//! Members, and the roles that they hold.

use super::*;
use crate::{MembersIntent, Newcomer, Permissions};

fn ids(got: &Got) -> Vec<Snowflake> {
    let members = got.body.as_array().unwrap();
    members.iter().map(|member| member["user"]["id"].as_str().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn a_list_goes_by_pages_in_the_order_of_ids() {
    let world = World::generous().await;
    let joined = world.guild.fill((0..2_500).map(|n| format!("Driver {n}")));
    let path = format!("/guilds/{}/members", world.guild.id());
    assert_eq!(ids(&world.get(&path).await).len(), 1, "one, where nothing is said");
    let (mut all, mut pages) = (Vec::new(), 0);
    loop {
        let after = all.last().copied().unwrap_or(Snowflake::new(0));
        let page = ids(&world.get(&format!("{path}?limit=1000&after={after}")).await);
        if page.is_empty() {
            break;
        }
        pages += 1;
        all.extend(page);
    }
    // The owner and the bot were there before.
    assert_eq!((pages, all.len()), (3, 2_502));
    assert!(all.is_sorted());
    assert_eq!(all[2..], joined);
    for limit in ["0", "1001"] {
        assert_eq!(world.get(&format!("{path}?limit={limit}")).await.fault("/limit"), "NUMBER_TYPE_RANGE");
    }
    // The record keeps the beginning of a page.
    let call = world.discord.calls().into_iter().find(|call| call.query.len() == 2).unwrap();
    let kept = call.answer.unwrap();
    assert_eq!((kept.as_array().unwrap().len(), &kept[100]), (101, &json!("… and 900 more")));
}

#[tokio::test]
async fn without_the_intent_nobody_is_listed_but_anybody_is_found() {
    let world = World::new().await;
    let ana = world.guild.member("Ana");
    let guild = world.guild.id();
    let flags = async || world.get("/applications/@me").await.body["flags"].clone();
    assert_eq!(flags().await, json!(1 << 15));
    world.discord.members_intent(MembersIntent::Off);
    assert_eq!(flags().await, json!(0));
    let refused = world.get(&format!("/guilds/{guild}/members?limit=1000")).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.body),
        (403, &json!({ "message": "Missing Access", "code": 50001 }))
    );
    assert_eq!(world.get(&format!("/guilds/{guild}/members/{}", ana.id())).await.status, 200);
    assert_eq!(ids(&world.get(&format!("/guilds/{guild}/members/search?query=an")).await), [ana.id()]);
    world.discord.members_intent(MembersIntent::Reviewed);
    assert_eq!(flags().await, json!(1 << 14));
    assert_eq!(world.get(&format!("/guilds/{guild}/members")).await.status, 200);
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_search_is_for_the_beginning_of_any_name() {
    let world = World::new().await;
    let named = |username: &str, global: Option<&str>, nick: Option<&str>| Newcomer {
        username: Some(username.to_owned()),
        global_name: global.map(str::to_owned),
        nickname: nick.map(str::to_owned),
        bot: false,
    };
    let joined = world.guild.fill([
        named("maxpower", None, None),
        named("speedy", Some("Max V."), None),
        named("quick", Some("Quick"), Some("MAX 33")),
        named("climax", Some("Climax"), None),
    ]);
    let path = format!("/guilds/{}/members/search", world.guild.id());
    assert_eq!(ids(&world.get(&format!("{path}?query=max&limit=1000")).await), joined[..3]);
    assert_eq!(ids(&world.get(&format!("{path}?query=max")).await), joined[..1]);
    assert_eq!(world.get(&path).await.fault("/query"), "BASE_TYPE_REQUIRED");
}

#[tokio::test]
async fn a_crowd_has_the_names_that_it_was_given_and_usernames_of_its_own() {
    let world = World::new().await;
    let joined = world.guild.fill(["Alex", "Alex", "Alex"]);
    let bot = world.guild.fill([Newcomer { bot: true, ..Newcomer::from("Dyno") }])[0];
    let path = format!("/guilds/{}/members", world.guild.id());
    let mut usernames = Vec::new();
    for id in joined {
        let user = world.get(&format!("{path}/{id}")).await.body["user"].clone();
        assert_eq!(user["global_name"], "Alex");
        usernames.push(user["username"].as_str().unwrap().to_owned());
    }
    assert_eq!(usernames, ["alex", "alex2", "alex3"]);
    assert_eq!(world.get(&format!("{path}/{bot}")).await.body["user"]["bot"], true);
}

#[tokio::test]
async fn a_role_is_given_and_taken_with_its_reason_in_the_log() {
    let world = World::new().await;
    let (ana, role) = (world.guild.member("Ana"), world.guild.role("Drivers"));
    world.guild.bot_role_position(9);
    let path = format!("/guilds/{}/members/{}/roles/{}", world.guild.id(), ana.id(), role.id);
    let give = world.request("PUT", &path, None).header("x-audit-log-reason", "sync");
    assert_eq!(world.send(give).await.unwrap().status, 204);
    assert_eq!(world.put(&path, json!({})).await.status, 204, "once more is no change");
    assert!(ana.has(&role));
    assert_eq!(world.delete(&path).await.status, 204);
    assert!(!ana.has(&role));
    let log = world.guild.audit_log();
    let [.., given, taken] = log.as_slice() else { unreachable!("{log:?}") };
    assert_eq!((given.action, given.target, given.reason.as_deref()), (25, Some(ana.id()), Some("sync")));
    assert_eq!(given.changes[0]["key"], "$add");
    assert_eq!(taken.changes[0]["new_value"][0]["id"], json!(role.id));
}

#[tokio::test]
async fn roles_above_the_bots_and_those_of_integrations_are_out_of_reach() {
    let world = World::new().await;
    let (ana, role) = (world.guild.member("Ana"), world.guild.role("Drivers").id);
    let guild = world.guild.id();
    let path = |user: Snowflake, role: Snowflake| format!("/guilds/{guild}/members/{user}/roles/{role}");
    let put =
        async |user, role| world.send(world.request("PUT", &path(user, role), None)).await.unwrap().error();
    world.guild.bot_role_position(9);
    assert_eq!(put(ana.id(), role).await, (204, 0));
    assert_eq!(put(Snowflake::new(7), role).await, (404, 10013));
    assert_eq!(put(ana.id(), Snowflake::new(7)).await, (404, 10011));
    assert_eq!(put(ana.id(), guild).await, (403, 50013));
    let bot = world.discord.application().bot_user_id;
    let own = world.guild.snapshot().guild.role_of_bot(bot).unwrap().id;
    assert_eq!(put(ana.id(), own).await, (403, 50013));
    let higher = world.guild.role("Stewards").id;
    world.guild.bot_role_position(1);
    assert_eq!(put(ana.id(), higher).await, (403, 50013));
    world.guild.bot_role_position(9);
    world.guild.bot_loses(Permissions::MANAGE_ROLES);
    assert_eq!(put(ana.id(), higher).await, (403, 50013));
    ana.leave();
    assert_eq!(put(ana.id(), role).await, (404, 10007));
}

#[tokio::test]
async fn the_bots_guilds_are_listed_and_others_are_out_of_reach() {
    let world = World::new().await;
    let first = world.guild.id();
    let (second, third) = (world.discord.guild("Second").id(), world.discord.guild("Third"));
    let listed = async |query: &str| -> Vec<Snowflake> {
        let got = world.get(&format!("/users/@me/guilds{query}")).await;
        let guilds = got.body.as_array().unwrap().clone();
        guilds.iter().map(|guild| guild["id"].as_str().unwrap().parse().unwrap()).collect()
    };
    assert_eq!(listed("").await, [first, second, third.id()]);
    assert_eq!(listed(&format!("?limit=1&after={first}")).await, [second]);
    assert_eq!(listed(&format!("?limit=1&before={}", third.id())).await, [second]);
    third.remove_bot();
    assert_eq!(listed("?with_counts=true").await, [first, second]);
    for path in ["", "/members", "/members/search?query=a", "/roles", "/channels"] {
        assert_eq!(world.get(&format!("/guilds/{}{path}", third.id())).await.error(), (403, 50001), "{path}");
        assert_eq!(world.get(&format!("/guilds/7{path}")).await.error(), (404, 10004), "{path}");
    }
    world.discord.assert_clean();
}
