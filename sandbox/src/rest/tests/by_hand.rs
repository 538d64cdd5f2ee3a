//! What people do by hand, and what tests read of a guild.

use super::*;
use crate::{Abilities, Permissions, model::ChannelKind};

#[tokio::test]
async fn threads_stand_under_their_channel_by_name_whenever_they_were_made() {
    let world = World::new().await;
    let (hands, general) = (world.guild.by_hand(), world.general());
    let other = hands.create(ChannelKind::Text, "other", None).id;
    for name in ["c", "a", "b"] {
        hands.create_thread(general, name, ChannelKind::PrivateThread);
    }
    hands.create_thread(other, "d", ChannelKind::PublicThread);
    let snapshot = world.guild.snapshot();
    let names: Vec<_> = snapshot.channels.iter().map(|channel| channel.name.as_str()).collect();
    assert_eq!(names, ["general", "a", "b", "c", "other", "d"]);
    let threads = world.guild.channel(general).unwrap().threads();
    hands.archive(threads[1].id, true, true);
    hands.delete(threads[2].id);
    let threads = world.guild.channel(general).unwrap().threads();
    let names: Vec<_> = threads.iter().map(|thread| thread.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert!(threads[1].is_archived() && threads[1].is_locked() && !threads[0].is_archived());
    let race = hands.create(ChannelKind::Voice, "Race", None);
    let ben = world.guild.member("Ben");
    ben.join_voice(&race);
    assert_eq!(world.guild.snapshot().voice, [(ben.id(), race.id)].into());
    assert_eq!(race.connected(), [ben.id()]);
}

#[tokio::test]
async fn what_somebody_may_do_follows_their_roles_their_threads_and_the_parent() {
    let world = World::new().await;
    let (hands, general) = (world.guild.by_hand(), world.general());
    let (ben, crew) = (world.guild.member("Ben"), world.guild.role("Crew"));
    let private = hands.create_thread(general, "Team", ChannelKind::PrivateThread);
    let public = hands.create_thread(general, "Chat", ChannelKind::PublicThread);
    let writes = Abilities { view: true, send: true, connect: false, speak: false };
    let of = |channel| world.guild.abilities_of(&ben, channel);
    assert_eq!((of(&private), of(&public)), (Abilities::default(), writes));
    hands.change_role(&crew, Permissions::MANAGE_THREADS);
    hands.give_role(ben.id(), &crew);
    assert_eq!(of(&private), writes, "whoever manages threads sees them all");
    hands.take_role(ben.id(), &crew);
    hands.add_member(private.id, ben.id());
    assert_eq!(of(&private), writes);
    hands.archive(public.id, false, true);
    assert_eq!(of(&public), Abilities { send: false, ..writes }, "it is locked");
    hands.set_member_overwrite(general, ben.id(), Permissions::NONE, Permissions::VIEW_CHANNEL);
    assert_eq!((of(&private), of(&public)), (Abilities::default(), Abilities::default()));
    assert!(world.guild.permissions_of(&ben, &private).is_empty());
    let race = hands.create(ChannelKind::Voice, "Race", None);
    assert_eq!(of(&race), Abilities { connect: true, speak: true, ..writes });
    hands.set_role_overwrite(race.id, world.guild.id(), Permissions::NONE, Permissions::CONNECT);
    assert_eq!(of(&race), Abilities { view: true, ..Abilities::default() });
    hands.delete(race.id);
    assert_eq!(of(&race), Abilities::default());
    let actions: Vec<u64> = world.guild.audit_log().iter().map(|entry| entry.action).collect();
    assert!(
        actions.contains(&31) && actions.iter().filter(|action| **action == 25).count() == 2,
        "{actions:?}"
    );
}
