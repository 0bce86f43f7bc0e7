//! What a failed attempt says about whether another one can help.

use crate::config::{ClassifyRetry, InterceptorContext, RetryAction, SharedRetryClassifier};
use aws_smithy_runtime_api::client::retries::classifiers::{RetryClassifierPriority, RetryReason};
use aws_smithy_types::retry::ErrorKind;
use std::time::Duration;

/// Statuses that come from something on the way, or pass.
const TRANSIENT_STATUS: [u16; 4] = [500, 502, 503, 504];

const THROTTLING_CODES: [&str; 14] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];

const TRANSIENT_CODES: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// A failed attempt can be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) kind: ErrorKind,
    /// How long the service wants the client to wait.
    pub(crate) retry_after: Option<Duration>,
}

/// What is known about a failed attempt.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence<'a> {
    /// The status of the answer, if there was one.
    pub(crate) status: Option<u16>,
    /// The code of the service's error.
    pub(crate) code: Option<&'a str>,
    /// What the model's `retryable` trait says about the error.
    pub(crate) modeled: Option<ErrorKind>,
    /// What a fault of the transport, or a time limit, counts as.
    pub(crate) transport: Option<ErrorKind>,
    /// The header `x-amz-retry-after`, in milliseconds.
    pub(crate) retry_after: Option<&'a str>,
    /// Whether what the service refused is put right: the time of the signature, or the endpoint.
    pub(crate) corrected: bool,
}

impl Evidence<'_> {
    fn by_status(&self) -> Option<ErrorKind> {
        self.status
            .filter(|status| TRANSIENT_STATUS.contains(status))
            .map(|_| ErrorKind::TransientError)
    }

    fn by_correction(&self) -> Option<ErrorKind> {
        self.corrected.then_some(ErrorKind::ServerError)
    }

    fn by_code(&self) -> Option<ErrorKind> {
        let code = self.code?;
        if THROTTLING_CODES.contains(&code) {
            Some(ErrorKind::ThrottlingError)
        } else if TRANSIENT_CODES.contains(&code) {
            Some(ErrorKind::TransientError)
        } else {
            None
        }
    }

    fn hint(&self) -> Option<Duration> {
        self.retry_after?.parse().ok().map(Duration::from_millis)
    }

    /// The rules in the order they are asked; a later one wins.
    fn rules(&self) -> [(RetryClassifierPriority, Option<ErrorKind>); 5] {
        let status = RetryClassifierPriority::http_status_code_classifier();
        let modeled = RetryClassifierPriority::modeled_as_retryable_classifier();
        [
            (status, self.by_status()),
            (
                RetryClassifierPriority::run_after(status),
                self.by_correction(),
            ),
            (RetryClassifierPriority::run_before(modeled), self.by_code()),
            (modeled, self.modeled),
            (
                RetryClassifierPriority::transient_error_classifier(),
                self.transport,
            ),
        ]
    }
}

/// Judges a failed attempt by the built-in rules alone.
pub(crate) fn classify(evidence: &Evidence<'_>) -> Option<Verdict> {
    let kind = evidence
        .rules()
        .into_iter()
        .rev()
        .find_map(|(_, kind)| kind)?;
    Some(Verdict {
        kind,
        retry_after: evidence.hint(),
    })
}

/// Judges a failed attempt by the built-in rules and the user's classifiers, each at its priority.
pub(crate) fn classify_with(
    evidence: &Evidence<'_>,
    classifiers: &[SharedRetryClassifier],
    context: &InterceptorContext,
) -> Option<Verdict> {
    let mut classifiers: Vec<_> = classifiers.iter().collect();
    classifiers.sort_by_key(|classifier| classifier.priority());
    let mut classifiers = classifiers.into_iter().peekable();
    let mut action = RetryAction::NoActionIndicated;
    let rules = evidence
        .rules()
        .into_iter()
        .map(|(priority, kind)| (Some(priority), kind));
    for (priority, kind) in rules.chain([(None, None)]) {
        let before = |classifier: &&SharedRetryClassifier| {
            priority.is_none_or(|rule| classifier.priority() <= rule)
        };
        while let Some(classifier) = classifiers.next_if(before) {
            match classifier.classify_retry_v2(context, &action) {
                RetryAction::NoActionIndicated => {}
                RetryAction::RetryForbidden => return None,
                indicated => action = indicated,
            }
        }
        if let Some(kind) = kind {
            action = RetryAction::retryable_error(kind);
        }
    }
    match action {
        RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after }) => {
            Some(Verdict {
                kind,
                retry_after: retry_after.or(evidence.hint()),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_runtime_api::client::interceptors::context::Input;

    fn kind(evidence: Evidence<'_>) -> Option<ErrorKind> {
        classify(&evidence).map(|verdict| verdict.kind)
    }

    #[test]
    fn by_status() {
        for status in [500, 502, 503, 504] {
            assert_eq!(
                kind(Evidence {
                    status: Some(status),
                    ..Default::default()
                }),
                Some(ErrorKind::TransientError)
            );
        }
        for status in [200, 301, 400, 403, 404, 429, 501, 505] {
            assert_eq!(
                kind(Evidence {
                    status: Some(status),
                    ..Default::default()
                }),
                None
            );
        }
    }

    #[test]
    fn by_code_over_status() {
        let code = |code| {
            kind(Evidence {
                status: Some(500),
                code: Some(code),
                ..Default::default()
            })
        };
        assert_eq!(
            code("ThrottlingException"),
            Some(ErrorKind::ThrottlingError)
        );
        assert_eq!(code("RequestTimeout"), Some(ErrorKind::TransientError));
        assert_eq!(code("NotFoundException"), Some(ErrorKind::TransientError));
        assert_eq!(
            kind(Evidence {
                status: Some(400),
                code: Some("NotFound"),
                ..Default::default()
            }),
            None
        );
    }

    #[test]
    fn by_model_and_by_transport() {
        let busy = Evidence {
            status: Some(400),
            code: Some("Busy"),
            modeled: Some(ErrorKind::ServerError),
            ..Default::default()
        };
        assert_eq!(kind(busy), Some(ErrorKind::ServerError));
        let io = Evidence {
            transport: Some(ErrorKind::TransientError),
            ..Default::default()
        };
        assert_eq!(kind(io), Some(ErrorKind::TransientError));
        assert_eq!(kind(Evidence::default()), None);
    }

    #[test]
    fn a_hint_counts_only_for_what_is_retryable() {
        let hinted = |status| Evidence {
            status: Some(status),
            retry_after: Some("1500"),
            ..Default::default()
        };
        assert_eq!(
            classify(&hinted(503)).unwrap().retry_after,
            Some(Duration::from_millis(1500))
        );
        assert_eq!(classify(&hinted(400)), None);
        let odd = Evidence {
            status: Some(503),
            retry_after: Some("soon"),
            ..Default::default()
        };
        assert_eq!(classify(&odd).unwrap().retry_after, None);
    }

    #[derive(Debug)]
    struct Says(RetryAction, RetryClassifierPriority);

    impl ClassifyRetry for Says {
        fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
            self.0.clone()
        }

        fn name(&self) -> &'static str {
            "Says"
        }

        fn priority(&self) -> RetryClassifierPriority {
            self.1
        }
    }

    #[test]
    fn users_classifiers_run_at_their_priority() {
        let context = InterceptorContext::new(Input::erase(()));
        let last = RetryClassifierPriority::run_after(
            RetryClassifierPriority::transient_error_classifier(),
        );
        let judged = |says: Says, evidence: Evidence<'_>| {
            classify_with(&evidence, &[SharedRetryClassifier::new(says)], &context)
                .map(|verdict| verdict.kind)
        };
        let down = Evidence {
            status: Some(503),
            ..Default::default()
        };
        assert_eq!(judged(Says(RetryAction::RetryForbidden, last), down), None);
        let throttled = RetryAction::throttling_error();
        assert_eq!(
            judged(Says(throttled.clone(), last), down),
            Some(ErrorKind::ThrottlingError)
        );
        // With the default priority the status rule comes later and wins.
        let first = RetryClassifierPriority::default();
        assert_eq!(
            judged(Says(throttled.clone(), first), down),
            Some(ErrorKind::TransientError)
        );
        assert_eq!(
            judged(Says(throttled, first), Evidence::default()),
            Some(ErrorKind::ThrottlingError)
        );
    }
}
