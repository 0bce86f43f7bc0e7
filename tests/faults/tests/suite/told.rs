//! What a caller is told, in words that do not depend on the crate or the run.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use farrier_faults::catalogue::LIMIT;
use farrier_faults::{Address, Fault, Limits, Service};
use std::error::Error;
use std::pin::Pin;
use std::time::Duration;

/// What a caller is told.
#[derive(Debug)]
pub(crate) struct Told {
    /// Whether the call ended well.
    pub(crate) is_output: bool,
    /// The output, or the kind of the error and what the service said.
    pub(crate) sees: String,
    /// The error and its sources, each in its own words.
    pub(crate) says: Vec<String>,
    /// How often the transport was asked.
    pub(crate) attempts: u32,
    pub(crate) took: Duration,
    /// Connections that the client keeps although nothing came of their requests.
    pub(crate) left_open: usize,
}

impl Told {
    /// How long it took, as roughly as a busy machine allows; how long megabytes take is the machine's business, and how long
    /// the look-up of a name that of its resolver.
    pub(crate) fn time(&self, fault: &Fault) -> &'static str {
        match self.took.as_secs() {
            _ if fault.is_large() || matches!(fault.address, Address::Unresolvable) => "any",
            0..4 => "< 4 s",
            4..8 => "4 to 8 s",
            8..16 => "8 to 16 s",
            _ => "> 16 s",
        }
    }
}

/// A client of which one call is made, again and again.
pub(crate) trait Called {
    /// Makes it; what the caller sees.
    fn call(&self) -> Pin<Box<dyn Future<Output = String> + '_>>;
}

/// What comes of the call, unless the caller is one who gives up before.
pub(crate) async fn unless_given_up<F: Future>(limits: Limits, call: F) -> Option<F::Output> {
    match limits {
        Limits::Caller => tokio::time::timeout(2 * LIMIT, call).await.ok(),
        _ => Some(call.await),
    }
}

/// How many connections are open a while after a call has ended without an answer.
pub(crate) async fn left_open(service: &Service) -> usize {
    for _ in 0..40 {
        if service.open() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    service.open()
}

/// The variant, the status, the code and the message.
pub(crate) fn sees<E: Error + 'static>(
    error: &SdkError<E, HttpResponse>,
    code: Option<&str>,
    message: Option<&str>,
) -> String {
    let kind = match error {
        SdkError::ConstructionFailure(_) => "ConstructionFailure".to_owned(),
        SdkError::TimeoutError(_) => "TimeoutError".to_owned(),
        SdkError::DispatchFailure(failure) => {
            let kind = if failure.is_timeout() {
                "timeout".to_owned()
            } else if is_unsent(&chain(error)) {
                "other, transient error".to_owned()
            } else if failure.is_io() {
                "io".to_owned()
            } else if failure.is_user() {
                "user".to_owned()
            } else {
                let other = failure
                    .as_connector_error()
                    .and_then(|error| error.as_other());
                other.map_or("other".to_owned(), |kind| format!("other, {kind}"))
            };
            format!("DispatchFailure ({kind})")
        }
        SdkError::ResponseError(_) => "ResponseError".to_owned(),
        SdkError::ServiceError(_) => "ServiceError".to_owned(),
        _ => "another".to_owned(),
    };
    let status = error
        .raw_response()
        .map(|answer| answer.status().as_u16().to_string());
    let parts = [
        Some(kind),
        status,
        code.map(String::from),
        message.map(|text| format!("{text:?}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The error and its sources.
pub(crate) fn says(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut says: Vec<_> = chain(error).iter().map(|text| stable(text)).collect();
    if is_unsent(&says) {
        says.retain(|text| text != CANCELED);
        says[1] = "other".to_owned();
        if let Some(last) = says.last_mut() {
            *last = "connection closed before message completed".to_owned();
        }
    }
    // A reset may come while the connection is still being made, or later: nobody can say when.
    let is_reset = |text: &String| text.contains("Connection reset by peer");
    if let Some(reset) = says.iter().find(|text| is_reset(text)).cloned() {
        says.truncate(2);
        says.push(reset);
    }
    says
}

/// The error and its sources, in their own words.
fn chain(error: &(dyn Error + 'static)) -> Vec<String> {
    let chain = std::iter::successors(Some(error), |error| (*error).source());
    chain.map(ToString::to_string).collect()
}

/// What hyper says of a request that it had not begun to send.
const CANCELED: &str = "operation was canceled";

/// Whether the request was not begun when its connection was closed. The official client sorts this in another way than the
/// end of a connection on which it was begun, and which of both it is, is chance; here they are told alike. Ours never says
/// it, as a test of the runtime shows.
fn is_unsent(says: &[String]) -> bool {
    let ends = [
        "connection closed",
        "connection closed before message completed",
    ];
    match says {
        [.., canceled, last] => canceled == CANCELED && ends.contains(&last.as_str()),
        _ => false,
    }
}

/// A text without what differs from run to run: ports and times, the order of what an error knows, what a resolver says,
/// and whether it was reading or writing that noticed a broken connection.
fn stable(text: &str) -> String {
    let mut text = text.replace(
        "Broken pipe (os error 32)",
        "Connection reset by peer (os error 104)",
    );
    if let Some((to, _)) = text.rsplit_once(':')
        && text.starts_with("cannot connect to")
    {
        text = format!("{to}:...");
    }
    let endings = [
        ("failed to lookup address information", ""),
        (": verification time", ""),
        ("Error {", " ... }"),
    ];
    for (last, rest) in endings {
        if let Some((before, _)) = text.split_once(last) {
            let last = last.trim_end_matches(": verification time");
            text = format!("{before}{last}{rest}");
        }
    }
    text
}
