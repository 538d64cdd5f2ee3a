//! The roles of a guild.

use super::*;
use crate::{Permissions, model::ChannelKind};

fn actions(world: &World) -> Vec<u64> {
    world.guild.audit_log().iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn a_role_is_made_changed_and_deleted() {
    let world = World::new().await;
    let roles = format!("/guilds/{}/roles", world.guild.id());
    let wanted =
        json!({ "name": "Drivers", "permissions": "1024", "color": 0x0f_76_6e, "mentionable": true });
    let made = world.post(&roles, wanted).await;
    assert_eq!(
        (made.status.as_u16(), &made.body["name"], &made.body["color"]),
        (200, &json!("Drivers"), &json!(0x0f_76_6e))
    );
    assert_eq!((&made.body["position"], &made.body["mentionable"]), (&json!(1), &json!(true)));
    let path = format!("{roles}/{}", made.id());
    let colours = json!({ "primary_color": 7, "secondary_color": null, "tertiary_color": null });
    let changed = world.patch(&path, json!({ "hoist": true, "colors": colours })).await;
    assert_eq!(
        (&changed.body["hoist"], &changed.body["color"], &changed.body["name"]),
        (&json!(true), &json!(7), &json!("Drivers"))
    );
    let channel = world.guild.by_hand().create(ChannelKind::Text, "drivers", None).id;
    let none = Permissions::NONE;
    world.guild.by_hand().set_role_overwrite(channel, made.id(), Permissions::VIEW_CHANNEL, none);
    let ana = world.guild.member("Ana");
    ana.give(&world.guild.role("Drivers"));
    assert_eq!(world.delete(&path).await.status, 204);
    assert_eq!(world.delete(&path).await.error(), (404, 10011));
    let guild = world.guild.snapshot().guild;
    assert!(guild.members[&ana.id()].roles.is_empty());
    assert!(world.guild.channel(channel).unwrap().overwrites.is_empty());
    assert_eq!(actions(&world), [30, 31, 10, 13, 32]);
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_new_role_may_do_what_everybody_may_and_is_called_so() {
    let world = World::new().await;
    let made = world.post(&format!("/guilds/{}/roles", world.guild.id()), json!({})).await.body;
    let everyone = Permissions::NEW_MEMBER.bits().to_string();
    assert_eq!((&made["name"], &made["permissions"]), (&json!("new role"), &json!(everyone)));
}

#[tokio::test]
async fn what_the_bot_may_not_do_to_roles() {
    let world = World::new().await;
    let roles = format!("/guilds/{}/roles", world.guild.id());
    let beyond = json!({ "permissions": Permissions::MANAGE_GUILD.bits().to_string() });
    assert_eq!(world.post(&roles, beyond.clone()).await.error(), (403, 50013));
    let own = world.post(&roles, json!({ "name": "own" })).await.id();
    world.guild.bot_role_position(9);
    assert_eq!(world.patch(&format!("{roles}/{own}"), beyond).await.error(), (403, 50013));
    let bots = world.discord.guild("Elsewhere").role("Foreign").id;
    assert_eq!(world.patch(&format!("{roles}/{bots}"), json!({})).await.error(), (404, 10011));
    let everyone = world.guild.id();
    assert_eq!(world.delete(&format!("{roles}/{everyone}")).await.error(), (400, 50028));
    world.guild.bot_role_position(1);
    let higher = world.guild.role("own").id;
    assert_eq!(world.delete(&format!("{roles}/{higher}")).await.error(), (403, 50013));
    assert_eq!(
        world.post(&roles, json!({ "name": "x".repeat(101) })).await.fault("/name"),
        "BASE_TYPE_BAD_LENGTH"
    );
    world.guild.bot_loses(Permissions::MANAGE_ROLES);
    assert_eq!(world.post(&roles, json!({})).await.error(), (403, 50013));
}

#[tokio::test]
async fn a_guild_has_two_hundred_and_fifty_roles() {
    let world = World::generous().await;
    let roles = format!("/guilds/{}/roles", world.guild.id());
    for n in world.get(&roles).await.body.as_array().unwrap().len()..250 {
        let _ = world.guild.role(&format!("r{n}"));
    }
    assert_eq!(world.post(&roles, json!({})).await.error(), (400, 30005));
}
