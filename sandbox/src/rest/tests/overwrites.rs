use super::*;
use crate::{Permissions, model::ChannelKind};

fn body(allow: Permissions, deny: Permissions) -> Value {
    json!({ "type": 0, "allow": allow.bits().to_string(), "deny": deny.bits().to_string() })
}

#[tokio::test]
async fn one_overwrite_is_set_changed_and_taken_away() {
    let world = World::new().await;
    let (general, role) = (world.general(), world.guild.role("Staff").id);
    let path = format!("/channels/{general}/permissions/{role}");
    let view = Permissions::VIEW_CHANNEL;
    assert_eq!(world.put(&path, body(view, Permissions::NONE)).await.status, 204);
    assert_eq!(world.put(&path, body(Permissions::NONE, view)).await.status, 204);
    let channel = world.guild.channel(general).unwrap();
    assert_eq!((channel.overwrites.len(), channel.overwrite(role).unwrap().deny), (1, view));
    assert_eq!(world.delete(&path).await.status, 204);
    assert_eq!(world.delete(&path).await.error(), (404, 10009));
    let actions: Vec<_> = world.guild.audit_log().iter().map(|entry| entry.action).collect();
    assert_eq!(actions, [30, 13, 14, 15]);
    world.discord.assert_clean();
}

#[tokio::test]
async fn only_bits_that_the_bot_holds_can_be_set_and_manage_roles_by_administrators_only() {
    let world = World::new().await;
    let (general, everyone) = (world.general(), world.guild.id());
    let path = format!("/channels/{general}/permissions/{everyone}");
    let set = |allow| world.put(&path, body(allow, Permissions::NONE));
    assert_eq!(set(Permissions::MANAGE_MESSAGES).await.error(), (403, 50013));
    assert_eq!(set(Permissions::MANAGE_ROLES).await.error(), (403, 50013));
    world.guild.bot_gains(Permissions::MANAGE_MESSAGES);
    assert_eq!(set(Permissions::MANAGE_MESSAGES).await.status, 204);
    let overwrite =
        |bits: Permissions| json!([{ "id": everyone, "type": 0, "allow": bits.bits().to_string() }]);
    let created = |bits| world.channel(json!({ "name": "a", "permission_overwrites": overwrite(bits) }));
    assert_eq!(created(Permissions::MANAGE_GUILD).await.error(), (403, 50013));
    assert_eq!(created(Permissions::MANAGE_ROLES).await.error(), (403, 50013));
    assert_eq!(created(Permissions::CONNECT).await.status, 201);
    world.guild.bot_gains(Permissions::ADMINISTRATOR);
    assert_eq!(created(Permissions::MANAGE_ROLES).await.status, 201);
}

#[tokio::test]
async fn an_overwrite_is_for_a_role_or_a_user_that_exists() {
    let world = World::new().await;
    let general = world.general();
    let path = format!("/channels/{general}/permissions/77");
    assert_eq!(world.put(&path, json!({ "type": 0 })).await.error(), (404, 10011));
    assert_eq!(world.put(&path, json!({ "type": 1 })).await.error(), (404, 10013));
    assert_eq!(world.put(&path, json!({ "type": 2 })).await.fault("/type"), "BASE_TYPE_CHOICES");
}

#[tokio::test]
async fn a_patch_replaces_the_whole_list_and_needs_manage_roles() {
    let world = World::new().await;
    let owner = world.guild.by_hand();
    let general = world.general();
    let (kept, gone) = (world.guild.role("Kept").id, world.guild.role("Gone").id);
    owner.set_role_overwrite(general, kept, Permissions::MANAGE_MESSAGES, Permissions::NONE);
    owner.set_role_overwrite(general, gone, Permissions::VIEW_CHANNEL, Permissions::NONE);
    let bits = Permissions::MANAGE_MESSAGES.bits().to_string();
    let list = json!({ "permission_overwrites": [{ "id": kept, "type": 0, "allow": bits, "deny": "0" }] });
    let path = format!("/channels/{general}");
    assert_eq!(
        world.patch(&path, list.clone()).await.status,
        200,
        "what stood there already is not the bot's setting"
    );
    assert_eq!(world.guild.channel(general).unwrap().overwrites.len(), 1);
    world.guild.bot_loses(Permissions::MANAGE_ROLES);
    assert_eq!(world.patch(&path, list).await.error(), (403, 50013));
    let voice = owner.create(ChannelKind::Voice, "v", None).id;
    assert_eq!(world.delete(&format!("/channels/{voice}/permissions/{kept}")).await.error(), (403, 50013));
}
