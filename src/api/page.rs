//! Lists, a page at a time: whoever reads on from a cursor misses nothing that was there, however much comes in between.

use axum::{
    Json,
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use super::{Api, body::Query, problem::Problem};
use crate::base::seal::Sealer;

/// How many things a page has where nobody says.
const USUAL: u16 = 50;
/// The most that a page has.
const MOST: u16 = 200;

/// Which page of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Where to read on: `next` of the page before, as it stands there.
    cursor: Option<String>,
    /// How many things the page has at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// What is on it.
    data: Vec<T>,
    /// Where to read on: the next page’s `cursor`. Null on the last page.
    next: Option<String>,
}

/// A page with the header that leads to the next one.
#[derive(Debug)]
pub(super) struct Listed<T> {
    link: Option<HeaderValue>,
    page: Page<T>,
}

/// The page that is wanted, and where its list is.
#[derive(Debug)]
pub(super) struct Paging {
    api: Api,
    limit: u16,
    cursor: Option<String>,
    uri: Uri,
}

/// What cursors are made with: nobody can read or make one, or use it for another list.
#[derive(Debug)]
pub(super) struct Cursors(Sealer);

impl Cursors {
    pub(super) const fn new(sealer: Sealer) -> Self {
        Self(sealer)
    }
}

impl Paging {
    /// How many things to look up: one more than the page has, which tells whether there is a next one.
    pub(super) fn wanted(&self) -> u64 {
        u64::from(self.limit) + 1
    }

    /// The key of the last thing on the page before; `None` on the first page.
    ///
    /// # Errors
    ///
    /// When the cursor isn't one of this list.
    pub(super) fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let opened = hex::decode(cursor).ok().and_then(|sealed| {
            let opened = self.api.0.cursors.0.open(&sealed, self.uri.path()).ok()?;
            serde_json::from_str(opened.expose_secret()).ok()
        });
        opened.map(Some).ok_or_else(|| {
            Problem::Malformed("The cursor isn’t one of this list. Begin again without it.".to_owned())
        })
    }

    /// The page of the things that were looked up, which the next page continues after the last one's key.
    ///
    /// # Errors
    ///
    /// When the cursor can't be sealed.
    pub(super) fn page<T, K: Serialize, V>(
        self,
        mut found: Vec<T>,
        key: impl Fn(&T) -> K,
        view: impl Fn(T) -> V,
    ) -> Result<Listed<V>, Problem> {
        let limit = usize::from(self.limit);
        let is_last = found.len() <= limit;
        found.truncate(limit);
        let next = match found.last() {
            Some(last) if !is_last => Some(self.cursor(&key(last))?),
            _ => None,
        };
        let link = next.as_deref().and_then(|next| self.link(next));
        Ok(Listed { link, page: Page { data: found.into_iter().map(view).collect(), next } })
    }

    fn cursor(&self, key: &impl Serialize) -> Result<String, Problem> {
        let key = serde_json::to_string(key).map_err(|_| Problem::Internal)?;
        let sealed = self.api.0.cursors.0.seal(&key, self.uri.path());
        sealed.map(hex::encode).map_err(|_| Problem::Internal)
    }

    /// The same list from that cursor on: relative, as a proxy may have the service below a path of its own.
    fn link(&self, next: &str) -> Option<HeaderValue> {
        let query = self.uri.query().unwrap_or_default().as_bytes();
        let others = url::form_urlencoded::parse(query).filter(|(name, _)| name != "cursor");
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(others).append_pair("cursor", next).finish();
        HeaderValue::try_from(format!("<?{query}>; rel=\"next\"")).ok()
    }
}

impl FromRequestParts<Api> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let Query(PageQuery { cursor, limit }) = Query::from_request_parts(parts, api).await?;
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Problem::Malformed(format!("The limit is a whole number from 1 to {MOST}.")));
        }
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri).clone();
        Ok(Self { api: api.clone(), cursor, limit, uri })
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.page).into_response();
        if let Some(link) = self.link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}
