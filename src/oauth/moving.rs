//! `POST /install/move`: the yes to moving a club to the server that the app was just added to.

use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
};
use maud::html;
use serde::Deserialize;

use super::{
    Doors, broken, install,
    page::{Action, Page},
    pass::Purpose,
};
use crate::service::oauth::Step;

#[derive(Deserialize)]
pub(super) struct Yes {
    pass: String,
}

/// Moves the club.
pub(super) async fn agree(
    State(doors): State<Doors>,
    headers: HeaderMap,
    said: Result<Form<Yes>, FormRejection>,
) -> Page {
    let Ok(Form(Yes { pass })) = said else { return too_late(&doors) };
    let cookie = doors.0.cookies.read(&headers);
    let (Ok(pass), Some(cookie)) = (doors.0.passes.read(&pass, cookie.as_deref()), cookie) else {
        return too_late(&doors);
    };
    let Purpose::Move(install) = pass.purpose else { return too_late(&doors) };
    match doors.0.service.take_step(Step::Move, &pass.nonce, pass.until).await {
        Ok(true) => {}
        Ok(false) => return too_late(&doors),
        Err(error) => return broken(&doors, &error),
    }
    let new = install.agreed();
    match doors.0.service.install(new.clone(), &doors.0.ids.reference()).await {
        Ok(installed) => install::page(&doors, &new, installed, &cookie),
        Err(error) => {
            if let Err(error) = doors.0.service.untake_step(&pass.nonce).await {
                tracing::error!(%error, "a step that came to nothing stays taken");
            }
            broken(&doors, &error)
        }
    }
}

fn too_late(doors: &Doors) -> Page {
    let body = html! {
        p { "This question was answered before, or waited too long. Open your invitation again if the club still is where it was." }
    };
    Page::stopped(StatusCode::GONE, "That question is over", body)
        .with(Action::link("To the start", doors.0.public_url.join("/")))
}
