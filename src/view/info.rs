//! What `/ping` and `/info` say.

use std::time::Duration;

use twilight_model::guild::Permissions;

use super::{
    markup::{latency, name, sentence, typed},
    message::{Body, link, row, text},
};
use crate::domain::{club::Club, name::Notice, permission};

/// How long a notice is at most, with what escapes its signs.
const MAX_NOTICE: usize = 1_000;

/// How the service is.
#[derive(Clone, Copy, Debug)]
pub struct Ping<'p> {
    /// How long the database took to answer.
    pub database: Duration,
    /// How long the queue took to answer; `None` while it is away.
    pub queue: Option<Duration>,
    /// The service's version.
    pub version: &'p str,
}

/// What the service is here.
#[derive(Clone, Copy, Debug)]
pub struct Info<'i> {
    /// The server's club.
    pub club: Option<&'i Club>,
    /// The page that authorises the app again, for whoever may mend what is missing.
    pub fix_permissions: Option<&'i str>,
    /// The permissions that the bot needs and lacks here.
    pub missing: Permissions,
    /// What whoever runs the service has to say.
    pub notice: Option<&'i Notice>,
    /// Where to read about the service.
    pub site: &'i str,
    /// The service's version.
    pub version: &'i str,
}

/// Alive, with version and latencies.
#[must_use]
pub fn ping(ping: &Ping<'_>) -> Body {
    let queue = ping
        .queue
        .map_or_else(|| "away, so that changes take up to a minute to reach Discord".to_owned(), latency);
    Body::plain(format!(
        "**Alive.** Simlane {}\n**Database:** {}\n**Queue:** {queue}",
        ping.version,
        latency(ping.database),
    ))
}

/// The club, the site, and what the bot may do here.
#[must_use]
pub fn info(info: &Info<'_>) -> Body {
    let club = match info.club {
        Some(club) => {
            format!("**Club:** {}\n**Times are typed in:** {}", name(&club.name), club.zone)
        }
        None => "This server has no club yet. Somebody with Manage Server creates it with `/club setup`."
            .to_owned(),
    };
    let permissions = if info.missing.is_empty() {
        "✅ **Permissions:** all there".to_owned()
    } else {
        format!(
            "⚠️ **Permissions:** {} missing here. Give them to the bot's role under Server Settings → Roles.",
            sentence(&permission::names(info.missing), "and"),
        )
    };
    let fix = info.fix_permissions.filter(|_| !info.missing.is_empty());
    let parts = [
        Some(text(format!(
            "# Simlane {}\nRuns a racing club's events on Discord. <{}>",
            info.version, info.site
        ))),
        Some(text(format!("{club}\n{permissions}"))),
        info.notice.map(|notice| {
            text(format!("**From whoever runs this app:** {}", typed(notice.as_str(), MAX_NOTICE)))
        }),
        fix.map(|page| row([link("Fix permissions", page)])),
        Some(text("**Next:** `/help` shows what you can do here.")),
    ];
    Body::new(parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::testing::{check, club, render};

    fn shown(body: &Body) -> String {
        check(body);
        render(body.components())
    }

    #[test]
    fn alive() {
        let mut how = Ping { database: Duration::from_millis(2), queue: None, version: "0.1.0" };
        assert_snapshot!(shown(&ping(&how)), @"
        **Alive.** Simlane 0.1.0
        **Database:** 2 ms
        **Queue:** away, so that changes take up to a minute to reach Discord
        ");
        how.queue = Some(Duration::from_micros(400));
        assert!(shown(&ping(&how)).ends_with("**Queue:** under 1 ms"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let club = club();
        let missing = Permissions::MANAGE_CHANNELS | Permissions::VIEW_AUDIT_LOG;
        let fix_permissions = None;
        let here = Info {
            club: Some(&club),
            fix_permissions,
            missing,
            notice: None,
            site: "https://simlane.example",
            version: "0.1.0",
        };
        assert_snapshot!(shown(&info(&here)), @"
        # Simlane 0.1.0
        Runs a racing club's events on Discord. <https://simlane.example>
        **Club:** Night Owls
        **Times are typed in:** Europe/Berlin
        ⚠️ **Permissions:** Manage Channels and View Audit Log missing here. Give them to the bot's role under Server Settings → Roles.
        **Next:** `/help` shows what you can do here.
        ");
        let page = "https://simlane.example/install?server=1";
        let organiser = shown(&info(&Info { fix_permissions: Some(page), ..here }));
        assert!(organiser.contains("Fix permissions"), "{organiser}");
        let notice = "Back at *nine*.\nSorry.".parse().ok();
        let told = shown(&info(&Info { notice: notice.as_ref(), ..here }));
        assert!(told.contains(r"**From whoever runs this app:** Back at \*nine\*."), "{told}");
        let nowhere = Info { club: None, fix_permissions: Some(page), missing: Permissions::empty(), ..here };
        assert_snapshot!(shown(&info(&nowhere)), @"
        # Simlane 0.1.0
        Runs a racing club's events on Discord. <https://simlane.example>
        This server has no club yet. Somebody with Manage Server creates it with `/club setup`.
        ✅ **Permissions:** all there
        **Next:** `/help` shows what you can do here.
        ");
    }
}
