//! What people do on the page. Each act leads on to a place where what came of it can be seen.

mod by_hand;
mod here;
mod invite;
mod lab;
mod threads;

pub(super) use here::{first_channel, suggest};

use super::{fields::Fields, place::Place, site::Site};
use crate::people::Unavailable;

/// Does something.
pub(super) async fn perform(
    site: &Site,
    place: &Place,
    act: &str,
    fields: &Fields,
) -> Result<Place, Unavailable> {
    match act {
        "say" => here::say(site, place, fields),
        "command" => here::command(site, place, fields).await,
        "user-command" => here::user_command(site, place, fields).await,
        "press" => here::press(site, place, fields).await,
        "select" => here::select(site, place, fields).await,
        "submit" => here::submit(site, place, fields).await,
        "dismiss" => here::dismiss(site, place, fields),
        "forget" => here::forget(site, place, fields),
        "open-conversation" => Ok(here::open_conversation(site, place)),
        "join-voice" => threads::join_voice(site, place, fields),
        "leave-voice" => Ok(threads::leave_voice(site, place)),
        "delete-message" => by_hand::delete_message(site, place, fields),
        "join-server" => Ok(by_hand::join_server(site, place)),
        "new-server" => by_hand::new_server(site, place, fields),
        "new-channel" => by_hand::new_channel(site, place, fields),
        "new-thread" => threads::new_thread(site, place, fields),
        "set-thread" => threads::set(site, place, fields),
        "add-to-thread" => threads::add(site, place, fields),
        "remove-from-thread" => threads::remove(site, place, fields),
        "pin" | "unpin" => threads::pin(site, place, act == "pin", fields),
        "rename" => by_hand::rename(site, place, fields),
        "delete-channel" => by_hand::delete_channel(site, place),
        "schedule" => by_hand::schedule(site, place, fields),
        "unschedule" => by_hand::unschedule(site, place, fields),
        "interest" => by_hand::interest(site, place, fields),
        "add-people" => by_hand::add_people(site, place, fields),
        "join" | "leave" => by_hand::membership(site, place, act == "join", fields),
        "nickname" => by_hand::nickname(site, place, fields),
        "email" => by_hand::email(site, place, fields),
        "deauthorize" => by_hand::deauthorize(site, place, fields).await,
        "invite" => invite::invite(site, place).await,
        "role" => by_hand::role(site, place, fields),
        "new-role" => by_hand::new_role(site, place, fields),
        _ => lab::perform(site, place, act, fields).await,
    }
}
