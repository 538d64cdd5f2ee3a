//! Forms open on one read that an index answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;
use serde_json::{Value, json};
use twilight_model::id::Id;

use super::*;
use crate::{
    base::{clock::Clock, config::SecretKey, digest::Digester, seal::Sealer},
    domain::{
        blueprint::Blueprint,
        club::{Club, Series},
        event::Event,
        id::{SeriesId, TeamId, TemplateId},
        series_defaults::SeriesDefaults,
        team::Team,
        template::Template,
    },
    interaction::{answer::Declared, deps::Deps, registry::REGISTRY},
    service::{Doorbell, Parts, Ring, Service},
    store::{
        Store, series, teams, templates,
        testing::{Watched, club, commit, event, noon, on_both},
    },
    view::{
        custom_id::{CrewPress, Form, Press, SettingsGroup, TeamPress, verb},
        modal::{Draft, club_setup},
    },
};

#[derive(Debug)]
struct Quiet;

impl Doorbell for Quiet {
    fn ring(&self, _: Ring) {}

    fn latency(&self) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async { None })
    }
}

fn deps(store: Store) -> Deps {
    let (clock, ids) = (Clock::manual(noon(0)), Ids::seeded(7));
    let key = SecretKey::from_bytes([7; 32]);
    let sealer = Sealer::new(&key, "interaction tokens", ids.clone());
    let codes = Digester::new(&key, "link codes");
    let service = Service::new(Parts {
        calendars: Digester::new(&key, "calendar links"),
        clock,
        codes,
        doorbell: Arc::new(Quiet),
        ids,
        sealer,
        store,
        sync_claim: Duration::from_secs(30),
    });
    Deps { service, site: "https://simlane.example".to_owned() }
}

/// The club with the role 90 for its organisers, one event, one series, and one template.
struct Scene {
    club: Club,
    event: Event,
    series: Series,
    team: Team,
    template: Template,
}

async fn scene(store: &Store) -> Scene {
    let mut club = club(store, 1).await;
    club.settings.organiser_role = Some(Id::new(90));
    let event = event(store, &club, 1, 5).await;
    let id = SeriesId::new(uuid::Uuid::from_u128(5));
    let name = "Winter Cup".parse().unwrap();
    let series = Series {
        adopted_category: None,
        archived_at: None,
        club: club.id,
        defaults: SeriesDefaults::default(),
        id,
        name,
    };
    let template = Template {
        blueprint: Blueprint::of(&event),
        club: club.id,
        id: TemplateId::new(uuid::Uuid::from_u128(6)),
        name: "Sprint".parse().unwrap(),
        series: Some(id),
    };
    let team = Team {
        captain: None,
        car: None,
        class: event.classes[0].id,
        created_at: noon(0),
        finalized_at: None,
        id: TeamId::new(uuid::Uuid::from_u128(7)),
        mates: Vec::new(),
        name: "Red".parse().unwrap(),
        number: None,
        revision: 1,
    };
    commit(store, async |tx| {
        teams::put(tx, event.id, &team, noon(0)).await.unwrap();
        crate::store::clubs::save(tx, &club, noon(0)).await.unwrap();
        assert!(series::create(tx, &series, noon(0)).await.unwrap());
        assert!(templates::create(tx, &template, noon(0)).await.unwrap());
    })
    .await;
    Scene { club, event, series, team, template }
}

/// The role of organisers, and that of somebody else.
const ROLES: [&str; 2] = ["90", "91"];

/// What a member with that role sends.
fn sends(role: &str, kind: u8, data: &Value) -> Incoming {
    let interaction = json!({
        "id": "800", "application_id": "3", "type": kind, "token": "t", "version": 1,
        "guild_id": "1", "channel_id": "4", "app_permissions": "8", "entitlements": [], "data": data,
        "authorizing_integration_owners": {}, "attachment_size_limit": 1,
        "message": { "attachments": [], "author": { "id": "9", "username": "bot", "discriminator": "0000", "avatar": null },
            "channel_id": "4", "content": "", "edited_timestamp": null, "embeds": [], "id": "70",
            "mention_everyone": false, "mention_roles": [], "mentions": [], "pinned": false,
            "timestamp": "2026-11-10T12:00:00.000000+00:00", "tts": false, "type": 0 },
        "member": { "user": { "id": "71", "username": "sam", "discriminator": "0", "avatar": null },
            "roles": [role], "permissions": "0", "joined_at": "2020-01-01T00:00:00.000000+00:00",
            "deaf": false, "mute": false, "flags": 0 },
    });
    Incoming::read(serde_json::from_value(interaction).unwrap(), noon(0)).unwrap()
}

fn command(role: &str, path: &str, options: &Value) -> Incoming {
    let (group, leaf) = path.split_once(' ').unwrap();
    let leaf = json!({ "name": leaf, "type": 1, "options": options });
    sends(role, 2, &json!({ "id": "6", "name": group, "type": 1, "options": [leaf] }))
}

fn press(role: &str, press: &Press) -> Incoming {
    sends(role, 3, &json!({ "custom_id": press.to_string(), "component_type": 2 }))
}

fn choose(role: &str, press: &Press, value: &str) -> Incoming {
    sends(role, 3, &json!({ "custom_id": press.to_string(), "component_type": 3, "values": [value] }))
}

/// Everything that opens a form, sent by a member with that role: a new opener has to be added here.
fn openers(scene: &Scene, role: &str) -> Vec<Incoming> {
    let series = |text: &str| json!([{ "name": "series", "type": 3, "value": text }]);
    let mut openers = Vec::new();
    for (path, leaf) in REGISTRY.entries().filter(|(_, leaf)| leaf.declared == Declared::Modal) {
        openers.push(command(role, &path, &json!([])));
        if leaf.options.iter().any(|option| option.name == "template") {
            let id = scene.template.id.short();
            openers.extend(["sprint", &id].map(|given| {
                let template = json!([{ "name": "template", "type": 3, "value": given }]);
                command(role, &path, &template)
            }));
        }
        if leaf.options.iter().any(|option| option.name == "series") {
            openers.extend(
                [series("winter cup"), series(&scene.series.id.short())].map(|o| command(role, &path, &o)),
            );
        }
    }
    for handler in REGISTRY.presses.iter().filter(|handler| handler.declared == Declared::Modal) {
        openers.push(press(
            role,
            &match handler.verb {
                verb::CANCEL => Press::CancelEvent(scene.event.id),
                verb::CREW_RULES => Press::Crew(CrewPress::Rules(scene.event.id)),
                verb::EDIT_PROFILE => Press::EditProfile,
                verb::DUPLICATE => Press::DuplicateEvent(scene.event.id),
                verb::EDIT => Press::EditEvent(scene.event.id),
                verb::EDIT_SERIES => Press::EditSeries(scene.series.id),
                verb::EDIT_SERIES_DEFAULTS => Press::EditSeriesDefaults(scene.series.id),
                verb::RENAME_TEMPLATE => Press::RenameTemplate(scene.template.id),
                verb::REPEAT => Press::RepeatEvent(scene.event.id),
                verb::SAVE_TEMPLATE => Press::SaveTemplate(scene.event.id),
                verb::EDIT_CLASS => {
                    Press::EditClass { class: scene.event.classes[0].id, event: scene.event.id }
                }
                verb::EDIT_TEAM => Press::Team(TeamPress::Edit(scene.team.id)),
                verb::EDIT_TERMS => Press::EditTerms(scene.event.id),
                verb::PICK_CLASS_FORM => {
                    openers.push(choose(
                        role,
                        &Press::PickClassForm(scene.event.id),
                        &scene.event.classes[0].id.short(),
                    ));
                    continue;
                }
                verb::OTHER_ZONE => Press::OtherZone(scene.event.id),
                verb::NOTE => Press::Note(scene.event.id),
                verb::SETTINGS => Press::Settings(SettingsGroup::General),
                other => panic!("how is {other} pressed?"),
            },
        ));
    }
    openers
}

async fn opens(watched: &Watched, dispatcher: &Dispatcher<Deps>, incoming: Incoming) {
    let Incoming { context, what } = incoming;
    let route = Route::find(&REGISTRY, what, &context);
    let label = route.label.clone();
    let (ended, asked) = watched.asked(dispatcher.attempt(route, context)).await;
    // Who sets a club up needs Manage Server, which Discord itself tells.
    let refused = label.name == "club setup";
    match ended {
        Ok(ended) => assert_eq!(ended.callback.json()["type"], 9, "{label:?}"),
        Err(failure) => assert!(refused, "{label:?}: {failure:?}"),
    }
    let reads = if refused { 0 } else { 1 };
    assert_eq!(asked.len(), reads, "{label:?}: {asked:#?}");
    watched.explain_all(asked).await;
}

#[tokio::test]
async fn every_form_opens_on_one_read() {
    on_both(|store| async move {
        let scene = scene(&store).await;
        let watched = Watched::new(store);
        let deps = deps(watched.store.clone());
        let dispatcher = Dispatcher::new(deps, REGISTRY, TIME_LIMIT, Ids::seeded(8));
        for opener in openers(&scene, ROLES[0]) {
            opens(&watched, &dispatcher, opener).await;
        }
        for opener in openers(&scene, ROLES[1]) {
            let route = Route::find(&REGISTRY, opener.what, &opener.context);
            if route.audience == Audience::Everyone {
                continue;
            }
            let label = route.label.clone();
            let ended = dispatcher.attempt(route, opener.context).await.map(|ended| ended.callback);
            let refused =
                matches!(ended, Err(Failure::Refused(Refusal::NotOrganiser | Refusal::NeedsManageServer)));
            assert!(refused, "{label:?}: {ended:?}");
        }
        let filled = Draft::default().with_text("name", scene.club.name.as_str());
        let form = club_setup::modal(Id::new(5), &filled);
        assert_eq!(form.id().form, Form::ClubSetup);
        let draft = super::super::desk::NewDraft { form, guild: Some(Id::new(1)), user: Id::new(71) };
        let draft = dispatcher.deps().keep_draft(draft).await.unwrap();
        opens(&watched, &dispatcher, press(ROLES[0], &Press::EditAgain(draft))).await;
    })
    .await;
}
