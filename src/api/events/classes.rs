//! An event's classes as programs describe them.

use std::{collections::BTreeSet, num::NonZeroU64};

use serde::Deserialize;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker},
};
use utoipa::ToSchema;

use super::super::fields::Fields;
use crate::{
    domain::{
        class_list::{Capacity, Classes},
        id::ClassId,
        name::{CarName, ClassName},
        terms::{MAX_CARS, MAX_ROLES},
        text::fold,
    },
    service::edit::ClassChange,
};

/// A class of an event. What isn’t there of a class that there is already, or is null, stays as it is; without a capacity everybody may be in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassBody {
    /// How many may be in; null or missing is no limit.
    #[schema(minimum = 1, maximum = 500)]
    capacity: Option<u64>,
    /// The cars to choose from, at most 50; with none, people drive what they like.
    #[schema(max_items = 50)]
    cars: Option<Vec<String>>,
    /// Which of the event’s classes it is. Without it, the one of that name, or a new one.
    #[schema(value_type = Option<uuid::Uuid>)]
    id: Option<ClassId>,
    /// Its name: 1 to 30 characters, another than those of the other classes. Only an event’s sole class may be without.
    #[schema(example = "GT3", min_length = 1, max_length = 30)]
    name: Option<String>,
    /// Discord roles of which one is needed to sign up for it there, at most 10; none lets everybody.
    #[schema(max_items = 10)]
    roles: Option<Vec<String>>,
}

impl ClassBody {
    /// The classes, for a club that is bound to that server; `None` where there can't be that many.
    pub(super) fn read_all(
        classes: Vec<Self>,
        fields: &mut Fields,
        guild: Option<Id<GuildMarker>>,
    ) -> Option<Vec<ClassChange>> {
        if !(1..=Classes::MAX).contains(&classes.len()) {
            fields.fault("/classes", format!("Send 1 to {} classes.", Classes::MAX));
            return None;
        }
        let is_alone = classes.len() == 1;
        let (mut names, mut ids) = (BTreeSet::new(), BTreeSet::new());
        let mut read = Vec::new();
        for (at, class) in classes.into_iter().enumerate() {
            let at = format!("/classes/{at}");
            if class.id.is_some_and(|id| !ids.insert(id)) {
                fields.fault(format!("{at}/id"), "Another class has that id already.");
            }
            let class = class.read(fields, &at, guild);
            match &class.name {
                Some(name) if !names.insert(fold(name.as_str())) => {
                    fields.fault(format!("{at}/name"), "Another class has that name already.");
                }
                None if !is_alone => {
                    fields.fault(format!("{at}/name"), "Of several classes each needs a name.");
                }
                _ => {}
            }
            read.push(class);
        }
        Some(read)
    }

    fn read(self, fields: &mut Fields, at: &str, guild: Option<Id<GuildMarker>>) -> ClassChange {
        let name: Option<ClassName> =
            self.name.and_then(|name| fields.take(format!("{at}/name"), name.parse()));
        let capacity =
            self.capacity.and_then(|places| fields.take(format!("{at}/capacity"), Capacity::new(places)));
        let cars = self.cars.map(|cars| car_list(fields, &format!("{at}/cars"), &cars));
        let roles = self.roles.map(|roles| role_list(fields, &format!("{at}/roles"), &roles, guild));
        ClassChange { capacity, cars, id: self.id, name, roles }
    }
}

fn car_list(fields: &mut Fields, at: &str, cars: &[String]) -> Vec<CarName> {
    if cars.len() > MAX_CARS {
        fields.fault(at, format!("{} cars are too many: {MAX_CARS} at most.", cars.len()));
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut read = Vec::new();
    for (number, car) in cars.iter().enumerate() {
        let at = format!("{at}/{number}");
        let Some(car) = fields.take(&at, car.parse::<CarName>()) else { continue };
        if seen.insert(fold(car.as_str())) {
            read.push(car);
        } else {
            fields.fault(at, "The class has that car already.");
        }
    }
    read
}

/// The roles of a list, for a club that is bound to that server.
pub(super) fn role_list(
    fields: &mut Fields,
    at: &str,
    roles: &[String],
    guild: Option<Id<GuildMarker>>,
) -> Vec<Id<RoleMarker>> {
    if roles.len() > MAX_ROLES {
        fields.fault(at, format!("{} roles are too many: {MAX_ROLES} at most.", roles.len()));
        return Vec::new();
    }
    let mut read = Vec::new();
    for (number, typed) in roles.iter().enumerate() {
        let at = format!("{at}/{number}");
        let Some(role) = fields.take(&at, role(typed, guild)) else { continue };
        if read.contains(&role) {
            fields.fault(at, "That role is in the list already.");
        } else {
            read.push(role);
        }
    }
    read
}

/// A role of the server. The server's own identifier is that of the role which everybody has.
fn role(typed: &str, guild: Option<Id<GuildMarker>>) -> Result<Id<RoleMarker>, String> {
    let id = typed.parse().ok().filter(|read: &NonZeroU64| read.to_string() == typed);
    let id = id.ok_or("It’s no identifier of Discord’s. Send its digits as a string.")?;
    if guild.is_some_and(|guild| guild.get() == id.get()) {
        return Err("Everybody in the server has that role. Leave it out.".to_owned());
    }
    Ok(Id::from(id))
}
