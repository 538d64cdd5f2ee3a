//! Somebody's browser, which keeps cookies and goes to the service and to Discord's authorize page, one page at a time.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use reqwest::{RequestBuilder, header, redirect::Policy};
use sandbox::{Guild, people::Person};

use super::World;

/// Where the service believes that people reach it; nobody listens there.
const PUBLIC: &str = "http://localhost:8080";

/// Somebody's browser.
pub(crate) struct Browser<'w> {
    cookies: Mutex<BTreeMap<String, String>>,
    http: reqwest::Client,
    world: &'w World,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) status: u16,
    /// Where a redirect leads.
    pub(crate) to: Option<String>,
}

impl World {
    /// A fresh browser without cookies.
    pub(crate) fn browser(&self) -> Browser<'_> {
        self.discord.register_redirect(&format!("{PUBLIC}/oauth/callback"));
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Browser { cookies: Mutex::default(), http, world: self }
    }
}

impl Browser<'_> {
    /// Opens an address; one that begins with a slash is the service's.
    pub(crate) async fn open(&self, address: &str) -> Page {
        self.try_open(address).await.unwrap()
    }

    /// Opens an address of a service that may die of it.
    pub(crate) async fn try_open(&self, address: &str) -> Result<Page, reqwest::Error> {
        self.send(self.http.get(self.address(address).await)).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.http.post(self.address(address).await).form(fields)).await.unwrap()
    }

    /// Opens an address of the service that leads to Discord's authorize page, and returns that page's.
    pub(crate) async fn to_discord(&self, address: &str) -> String {
        let page = self.open(address).await;
        let to = page.to.clone().unwrap_or_else(|| panic!("no redirect: {page:?}"));
        assert!(to.starts_with(&format!("{}/oauth2/authorize?", self.world.discord.url())), "{to}");
        to
    }

    /// Presses Authorize on Discord's page, with everything ticked but these permissions, and returns where it leads.
    pub(crate) async fn agree(
        &self,
        authorize: &str,
        person: &Person,
        (guild, but): (Option<&Guild>, &[u64]),
    ) -> String {
        let page = self.open(&format!("{authorize}&as={}", person.id())).await;
        assert_eq!(page.status, 200, "{page:?}");
        let (who, server) = (person.id().to_string(), guild.map(|guild| guild.id().to_string()));
        let mut fields = vec![("as", who.as_str()), ("decision", "authorize")];
        fields.extend(server.as_ref().map(|server| ("guild", server.as_str())));
        let ticks: Vec<&str> = page
            .html
            .split("name=\"permission\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let ticked = ticks.into_iter().filter(|bit| !but.iter().any(|but| *bit == but.to_string()));
        fields.extend(ticked.map(|bit| ("permission", bit)));
        let done = self.post(authorize, &fields).await;
        done.to.clone().unwrap_or_else(|| panic!("the authorize page refuses: {done:?}"))
    }

    /// Presses Cancel there.
    pub(crate) async fn cancel(&self, authorize: &str, person: &Person) -> String {
        let who = person.id().to_string();
        let done = self.post(authorize, &[("as", &who), ("decision", "cancel")]).await;
        done.to.unwrap()
    }

    /// Goes from an address of the service through Discord's page to the page that it ends on.
    pub(crate) async fn through(&self, address: &str, person: &Person, guild: Option<&Guild>) -> Page {
        let authorize = self.to_discord(address).await;
        let back = self.agree(&authorize, person, (guild, &[])).await;
        self.open(&back).await
    }

    async fn address(&self, address: &str) -> String {
        let service = self.world.address().await;
        match address.strip_prefix(PUBLIC) {
            Some(path) => format!("{service}{path}"),
            None if address.starts_with('/') => format!("{service}{address}"),
            None => address.to_owned(),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Page, reqwest::Error> {
        let kept = self.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let cookies: Vec<String> = kept.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(header::COOKIE, cookies.join("; ")).send().await?;
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = set.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let (status, html) = (answer.status().as_u16(), answer.text().await?);
        // Its style is nothing to read.
        let html = html.split_once("<body>").map_or(html.clone(), |(_, body)| body.to_owned());
        Ok(Page { html, status, to })
    }
}

impl Page {
    /// Its heading.
    pub(crate) fn heading(&self) -> &str {
        let after = self.html.split("<h1>").nth(1).unwrap_or_else(|| panic!("no heading: {self:?}"));
        after.split('<').next().unwrap()
    }

    /// Fails unless it has that status, that heading and each of these.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, heading: &str, parts: &[&str]) {
        assert_eq!((self.status, self.heading()), (status, heading), "{}", self.html);
        for part in parts {
            assert!(self.html.contains(part), "{part} in {}", self.html);
        }
    }

    /// Where the link or button with that label leads.
    pub(crate) fn link(&self, label: &str) -> String {
        let (before, _) =
            self.html.split_once(&format!(">{label}</a>")).unwrap_or_else(|| panic!("no {label}: {self:?}"));
        let href = before.rsplit("href=\"").next().unwrap();
        href.trim_end_matches('"').replace("&amp;", "&")
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let after = self.html.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.unwrap_or_else(|| panic!("no {name}: {self:?}")).split('"').next().unwrap().to_owned()
    }
}
