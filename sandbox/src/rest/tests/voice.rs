//! Voice channels, and who is connected to them.

use super::*;
use crate::{Permissions, model::ChannelKind};

fn state(world: &World, user: Snowflake) -> String {
    format!("/guilds/{}/voice-states/{user}", world.guild.id())
}

#[tokio::test]
async fn a_voice_state_is_there_for_whoever_is_connected() {
    let world = World::new().await;
    let (ben, hands) = (world.guild.member("Ben"), world.guild.by_hand());
    let race = hands.create(ChannelKind::Voice, "Race", None);
    assert_eq!(world.get(&state(&world, ben.id())).await.error(), (404, 10065));
    ben.join_voice(&race);
    let got = world.get(&state(&world, ben.id())).await;
    assert_eq!((&got.body["channel_id"], &got.body["suppress"]), (&json!(race.id), &json!(false)));
    assert_eq!(got.body["member"]["user"]["global_name"], "Ben");
    hands.set_member_overwrite(race.id, ben.id(), Permissions::NONE, Permissions::SPEAK);
    assert_eq!(world.get(&state(&world, ben.id())).await.body["suppress"], true);
    assert!(!world.guild.abilities_of(&ben, &race).speak && world.guild.abilities_of(&ben, &race).connect);
    ben.leave_voice();
    assert_eq!(world.get(&state(&world, ben.id())).await.error(), (404, 10065));
    let other = world.discord.guild("Other");
    ben.join_voice(&race);
    assert_eq!(
        world.get(&format!("/guilds/{}/voice-states/{}", other.id(), ben.id())).await.error(),
        (404, 10065)
    );
    hands.set_role_overwrite(race.id, world.guild.id(), Permissions::NONE, Permissions::VIEW_CHANNEL);
    assert_eq!(world.get(&state(&world, ben.id())).await.error(), (403, 50001));
    world.discord.assert_clean();
}

#[tokio::test]
async fn whoever_has_not_accepted_the_rules_joins_no_voice_channel() {
    let world = World::new().await;
    let (ben, hands) = (world.guild.member("Ben"), world.guild.by_hand());
    let race = hands.create(ChannelKind::Voice, "Race", None);
    let member = format!("/guilds/{}/members/{}", world.guild.id(), ben.id());
    assert_eq!(world.get(&member).await.body["pending"], false);
    hands.set_pending(ben.id(), true);
    assert_eq!(world.get(&member).await.body["pending"], true);
    assert!(ben.try_join_voice(&race).unwrap_err().to_string().contains("rules"));
    hands.set_pending(ben.id(), false);
    ben.join_voice(&race);
    world.discord.assert_clean();
}

#[tokio::test]
async fn a_voice_channel_lets_in_whoever_may_connect_while_there_is_a_place() {
    let world = World::new().await;
    let (ben, aiko, hands) = (world.guild.member("Ben"), world.guild.member("Aiko"), world.guild.by_hand());
    let race = hands.create(ChannelKind::Voice, "Race", None);
    let changed = world.patch(&format!("/channels/{}", race.id), json!({ "user_limit": 1 })).await;
    assert_eq!(changed.body["user_limit"], 1);
    ben.join_voice(&race);
    ben.join_voice(&race);
    assert!(aiko.try_join_voice(&race).unwrap_err().to_string().contains("full"));
    world.guild.owner().join_voice(&race);
    assert_eq!(world.guild.owner().voice_channel(), Some(race.id), "whoever may move members comes in");
    let closed = hands.create(ChannelKind::Voice, "Briefing", None);
    hands.set_role_overwrite(closed.id, world.guild.id(), Permissions::NONE, Permissions::CONNECT);
    assert!(aiko.try_join_voice(&closed).is_err());
    assert!(world.guild.permissions_of(&aiko, &closed).contains(Permissions::VIEW_CHANNEL));
    let general = world.guild.channel_named("general").unwrap();
    assert!(aiko.try_join_voice(&general).is_err());
    hands.delete(race.id);
    assert_eq!(ben.voice_channel(), None);
}

#[tokio::test]
async fn places_and_bits_a_second_have_bounds() {
    let world = World::generous().await;
    let race = world.guild.by_hand().create(ChannelKind::Voice, "Race", None);
    let path = format!("/channels/{}", race.id);
    for (field, value) in [("user_limit", 100), ("bitrate", 7_999), ("bitrate", 96_001)] {
        let got = world.patch(&path, json!({ field: value })).await;
        assert_eq!(got.error(), (400, 50035), "{field} {value}");
        assert!(!got.fault(&format!("/{field}")).is_empty(), "{}", got.body);
    }
    let got = world.patch(&path, json!({ "user_limit": 99, "bitrate": 8_000 })).await;
    assert_eq!((&got.body["user_limit"], &got.body["bitrate"]), (&json!(99), &json!(8_000)));
    assert_eq!(world.patch(&path, json!({ "user_limit": 0, "bitrate": 96_000 })).await.status, 200);
}
