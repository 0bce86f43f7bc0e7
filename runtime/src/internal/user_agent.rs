//! The user agent: which client, for which service, on what.

use crate::config::RetryMode;
use crate::internal::plan::built_ins;
use crate::internal::{Service, Settings};
use aws_types::build_metadata::{BUILD_METADATA, OsFamily};
use std::fmt::Write;

/// The form of the user agent that the other parts follow.
const FORM: &str = "2.1";
/// How many frameworks are named at most.
const MAX_FRAMEWORKS: usize = 10;

/// The value of both `User-Agent` and `X-Amz-User-Agent`.
///
/// The parts and their order are those of the official SDKs, so that the service's logs and metrics read alike.
pub(super) fn value(service: &Service, settings: &Settings, mode: RetryMode) -> String {
    let mut text = String::with_capacity(128);
    // Writing into a string cannot fail.
    let _ = write!(text, "farrier/{} ua/{FORM} api/", env!("CARGO_PKG_VERSION"));
    push_token(&mut text, &service.id.to_ascii_lowercase());
    let _ = write!(
        text,
        "/{} os/{} lang/rust/{}",
        service.version,
        system(),
        BUILD_METADATA.rust_version
    );
    if let Ok(environment) = std::env::var("AWS_EXECUTION_ENV") {
        text.push_str(" exec-env/");
        push_token(&mut text, &environment);
    }
    text.push_str(match mode {
        RetryMode::Adaptive => " m/F",
        _ => " m/E",
    });
    if settings.endpoint_url().is_some() {
        text.push_str(",N");
    }
    if service.account_id_endpoints {
        text.push_str(match built_ins(settings).account_id_endpoint_mode {
            "disabled" => ",Q",
            "required" => ",R",
            _ => ",P",
        });
    }
    push_frameworks(&mut text, settings);
    if let Some(app) = settings.app_name() {
        let _ = write!(text, " app/{app}");
    }
    text
}

fn push_frameworks(text: &mut String, settings: &Settings) {
    let all = settings.framework_metadata();
    let unique = all
        .iter()
        .enumerate()
        .filter(|(at, framework)| !all[..*at].contains(framework));
    for (_, framework) in unique.take(MAX_FRAMEWORKS) {
        let _ = write!(text, " {framework}");
    }
}

fn system() -> &'static str {
    match BUILD_METADATA.os_family {
        OsFamily::Windows => "windows",
        OsFamily::Linux => "linux",
        OsFamily::Macos => "macos",
        OsFamily::Android => "android",
        OsFamily::Ios => "ios",
        OsFamily::Other => "other",
    }
}

/// Adds text in which whatever is not allowed in a token becomes `-`.
fn push_token(text: &mut String, token: &str) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.extend(token.chars().map(|c| if allowed(c) { c } else { '-' }));
}
