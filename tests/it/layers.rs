//! The layers of `docs/architecture.md`, enforced: which folder may use which, who alone may use which crate, and what stays pure.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    fmt, fs,
    path::{Path, PathBuf},
};

use syn::{
    ItemUse, UseTree,
    visit::{self, Visit},
};

/// Who may use whom, besides oneself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("api", &["base", "domain", "oauth", "service"]),
    ("app", &EVERYTHING),
    ("base", &[]),
    ("cli", &EVERYTHING),
    ("discord", &["base", "domain"]),
    ("domain", &[]),
    ("http", &["base", "interaction", "oauth", "service", "telemetry"]),
    ("interaction", &["base", "domain", "service", "view"]),
    ("jobs", &["base", "discord", "domain", "reconcile", "service", "site", "store", "view"]),
    ("lib", &[]),
    ("main", &["cli"]),
    ("oauth", &["base", "discord", "domain", "service"]),
    ("reconcile", &["base", "discord", "domain", "store", "view"]),
    ("service", &["base", "domain", "store"]),
    ("site", &["base", "domain"]),
    ("store", &["base", "domain"]),
    ("telemetry", &["base"]),
    ("view", &["domain"]),
];
const EVERYTHING: [&str; 15] = [
    "api",
    "app",
    "base",
    "cli",
    "discord",
    "domain",
    "http",
    "interaction",
    "jobs",
    "oauth",
    "reconcile",
    "service",
    "site",
    "store",
    "telemetry",
];

/// Crates that are one layer's own.
const OWNED: &[(&str, &[&str])] = &[
    ("apalis", &["jobs"]),
    ("apalis_core", &["jobs"]),
    ("apalis_redis", &["jobs"]),
    ("entity", &["store"]),
    ("migration", &["store"]),
    ("redis", &["jobs"]),
    ("reqwest", &["discord", "site"]),
    ("sea_orm", &["store"]),
    ("tokio_cron_scheduler", &["jobs"]),
    ("twilight_http", &["discord"]),
    ("twilight_http_ratelimiting", &["discord"]),
];

/// What pure code never names: files, the network, clocks, tasks.
const IMPURE: &[&str] = &[
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "rand",
    "reqwest",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
];

/// What only `base` asks the machine for; everybody else is given it.
const GIVEN: &[&str] = &[
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "rand",
    "std::time::SystemTime",
    "uuid::Uuid::new_v4",
    "uuid::Uuid::now_v7",
    "SystemTime::now",
    "Timestamp::now",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "Zoned::now",
];

/// Code that computes and does nothing else.
const PURE: &[&str] = &["domain", "view", "reconcile/desired", "reconcile/plan"];

/// What a file says that the rules are about.
#[derive(Default)]
struct Mentions {
    asynchronous: bool,
    paths: BTreeSet<String>,
}

impl<'a> Visit<'a> for Mentions {
    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.tree(String::new(), &item.tree);
    }

    /// What is visible where says nothing of what is used.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // One segment alone is a name in scope.
        if segments.len() > 1 {
            self.paths.insert(segments.join("::"));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let arguments =
            call.parse_body_with(syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        for argument in arguments.iter().flatten() {
            self.visit_expr(argument);
        }
        visit::visit_macro(self, call);
    }

    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        self.asynchronous |= signature.asyncness.is_some();
        visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, block: &'a syn::ExprAsync) {
        self.asynchronous = true;
        visit::visit_expr_async(self, block);
    }
}

impl Mentions {
    fn tree(&mut self, before: String, tree: &UseTree) {
        let join = |name: &dyn fmt::Display| {
            if before.is_empty() { name.to_string() } else { format!("{before}::{name}") }
        };
        match tree {
            UseTree::Path(path) => self.tree(join(&path.ident), &path.tree),
            UseTree::Name(name) => _ = self.paths.insert(join(&name.ident)),
            UseTree::Rename(name) => _ = self.paths.insert(join(&name.ident)),
            UseTree::Glob(_) => _ = self.paths.insert(join(&"*")),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before.clone(), item)),
        }
    }
}

/// A file's place below `src`, and its code without its tests.
struct Source {
    file: syn::File,
    place: String,
}

impl Source {
    fn parse(place: &str, text: &str) -> Self {
        let mut file = syn::parse_file(text).unwrap();
        file.items.retain(|item| !is_test(item));
        Self { file, place: place.to_owned() }
    }

    fn layer(&self) -> &str {
        self.place.split(['/', '.']).next().unwrap()
    }

    /// How many modules it stands in, its own included: so many `super` lead to the root.
    fn depth(&self) -> usize {
        let place = self.place.trim_end_matches(".rs").trim_end_matches("/mod");
        place.split('/').count()
    }

    fn is_pure(&self) -> bool {
        let place = self.place.trim_end_matches(".rs");
        PURE.iter()
            .any(|pure| place == *pure || place.strip_prefix(pure).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Every rule that the file breaks.
    fn breaches(&self) -> Vec<String> {
        let mut mentions = Mentions::default();
        mentions.visit_file(&self.file);
        let paths = mentions.paths.iter();
        let mut breaches: Vec<String> = paths.filter_map(|path| self.breach(path)).collect();
        if self.layer() != "base" {
            let asked = mentions.paths.iter().filter(|path| names(path, GIVEN));
            breaches.extend(asked.map(|path| format!("{} isn't given {path} but asks for it", self.place)));
        }
        if self.is_pure() {
            let impure = mentions.paths.iter().filter(|path| names(path, IMPURE));
            breaches.extend(impure.map(|path| format!("{} is pure and names {path}", self.place)));
            if mentions.asynchronous {
                breaches.push(format!("{} is pure and asynchronous", self.place));
            }
        }
        breaches
    }

    fn breach(&self, path: &str) -> Option<String> {
        let (layer, mut segments) = (self.layer(), path.split("::").peekable());
        let mut ups = 0;
        while segments.next_if_eq(&"super").is_some() {
            ups += 1;
        }
        if ups > 0 && ups < self.depth() {
            return None;
        }
        let first = if ups > 0 { "crate" } else { segments.next().unwrap() };
        let used = match first {
            "crate" | "simlane" => segments.next().unwrap_or("*"),
            other => {
                let (_, owners) = OWNED.iter().find(|(owned, _)| *owned == other)?;
                return (!owners.contains(&layer))
                    .then(|| format!("{} names {path}, which is {owners:?}'s", self.place));
            }
        };
        let may = MAY_USE.iter().find(|(user, _)| *user == layer);
        let Some((_, may)) = may else { return Some(format!("{} is in no layer", self.place)) };
        let fine = used == layer || may.contains(&used);
        (!fine).then(|| format!("{} uses {used} by {path}", self.place))
    }
}

/// Whether a path is one of those, or lies below it.
fn names(path: &str, those: &[&str]) -> bool {
    let lies_below = |one: &str| path.strip_prefix(one).is_some_and(|rest| rest.starts_with("::"));
    those.iter().any(|one| path == *one || lies_below(one))
}

/// Whether an item is compiled for tests only.
fn is_test(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

/// Every file below `folder` that is compiled outside tests, too.
fn sources(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if matches!(name, "tests" | "testing" | "tests.rs" | "testing.rs") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let place = path.strip_prefix(folder).unwrap().to_str().unwrap();
                sources.push(Source::parse(place, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

#[test]
fn every_arrow_is_one_of_the_table() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(sources.len() > 100, "only {} files were found", sources.len());
    for (layer, _) in MAY_USE {
        assert!(sources.iter().any(|source| source.layer() == *layer), "no file is in {layer}");
    }
    for pure in PURE {
        let home = sources.iter().any(|source| source.is_pure() && source.place.starts_with(pure));
        assert!(home, "nothing is in {pure}");
    }
    let breaches: Vec<String> = sources.iter().flat_map(Source::breaches).collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn breaches_are_found_however_they_are_written() {
    let cases = [
        ("view/card.rs", "use crate::store::Store;"),
        ("view/card.rs", "use crate::{domain::event, base::{clock::Clock}};"),
        ("domain/event.rs", "fn f() { crate::view::card::show(); }"),
        ("domain/event.rs", "fn f() -> Vec<crate::base::ids::Ids> { vec![] }"),
        ("service/event.rs", "use crate as all;"),
        ("service/event.rs", "use sea_orm::Database;"),
        ("jobs/crew.rs", "use entity::{guilds, owners};"),
        ("reconcile/apply.rs", "type Client = twilight_http::Client;"),
        ("http/mod.rs", "use apalis::prelude::*;"),
        ("domain/event.rs", "async fn f() {}"),
        ("domain/event.rs", "fn f() { let _ = async {}; }"),
        ("domain/event.rs", "fn f() { println!(\"{}\", jiff::Timestamp::now()); }"),
        ("reconcile/desired/event.rs", "use jiff::Timestamp; fn f() -> Timestamp { Timestamp::now() }"),
        ("reconcile/plan.rs", "use std::{fs, path::Path};"),
        ("reconcile/desired.rs", "use tokio::time::sleep;"),
        ("view/card.rs", "use std::time::{Duration, SystemTime};"),
        ("weather/mod.rs", "use crate::domain::event;"),
        ("view/card.rs", "use super::super::store::Store;"),
        ("view/mod.rs", "use super::store::Store;"),
        ("service/event.rs", "fn f() { let _ = uuid::Uuid::now_v7(); }"),
        ("jobs/cron.rs", "use rand::random;"),
        ("store/tx.rs", "use jiff::Timestamp; fn f() -> Timestamp { Timestamp::now() }"),
    ];
    for (place, code) in cases {
        assert_ne!(Source::parse(place, code).breaches(), [""; 0], "{place}: {code}");
    }
}

#[test]
fn what_the_table_allows_is_no_breach() {
    let cases = [
        ("view/card.rs", "use crate::{domain::event::Event, view::message::Body};"),
        ("view/card.rs", "#[cfg(test)] mod tests { use crate::store::Store; async fn f() {} }"),
        ("domain/event.rs", "use std::time::Duration; fn f(at: jiff::Timestamp) -> jiff::Timestamp { at }"),
        ("reconcile/apply.rs", "use crate::{base::clock::Clock, discord::WritePort}; async fn f() {}"),
        ("reconcile/planner.rs", "async fn f() {}"),
        ("reconcile/apply/say.rs", "use super::super::binding::Binding; use super::Scene;"),
        ("view/modal/parts.rs", "use super::super::super::domain::event::Event;"),
        ("base/ids.rs", "fn f() { let _ = uuid::Uuid::now_v7(); }"),
        ("store/owners/sweep.rs", "use sea_orm::prelude::*; use entity::owners;"),
        ("app/core.rs", "pub(crate) fn f() { crate::http::router(); let redis = 1; dbg(redis); }"),
    ];
    for (place, code) in cases {
        assert_eq!(Source::parse(place, code).breaches(), [""; 0], "{place}: {code}");
    }
}
