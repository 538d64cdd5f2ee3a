//! What a role may be made of. See Discord Docs/Resources/Guild, Create Guild Role.

use serde_json::{Map, Value};

use super::form::{Form, bits};
use crate::{
    Permissions,
    rest::{ApiError, FormErrors},
};

/// What a create or an edit of a role asks for; what was left out is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoleForm {
    pub(crate) name: Option<String>,
    pub(crate) permissions: Option<Permissions>,
    /// 0xRRGGBB; 0 for none.
    pub(crate) colour: Option<u32>,
    pub(crate) hoist: Option<bool>,
    pub(crate) mentionable: Option<bool>,
}

impl RoleForm {
    /// Reads a body.
    pub(crate) fn read(body: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        let read = Self {
            name: form.text("name", 1, 100).map(str::to_owned),
            permissions: permissions(&mut form),
            colour: colour(&mut form),
            hoist: form.boolean("hoist"),
            mentionable: form.boolean("mentionable"),
        };
        errors.finish().map(|()| read)
    }
}

fn permissions(form: &mut Form<'_, '_>) -> Option<Permissions> {
    let value = form.get("permissions")?;
    let read = bits(value);
    if read.is_none() {
        form.refuse("permissions", "NUMBER_TYPE_COERCE", format!("Value {value} is not int."));
    }
    read.map(Permissions::from_bits)
}

/// The old field `color`, or the first of `colors` in its place.
fn colour(form: &mut Form<'_, '_>) -> Option<u32> {
    let old = form.number("color", 0, 0xff_ff_ff);
    let new = form.get("colors").and_then(|colours| colours["primary_color"].as_u64());
    new.or(old).and_then(|colour| u32::try_from(colour).ok())
}
