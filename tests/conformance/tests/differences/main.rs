//! What README lists as different from the official client is different, and in the way it says.

mod official {
    use aws_sdk_kms as kms;

    include!("side.rs");
}

mod ours {
    use farrier_kms as kms;

    include!("side.rs");
}

use farrier_conformance::{Answer, Canned};

/// A transport whose every answer is this.
fn answering(status: u16, error: Option<&str>, body: &str) -> Canned {
    let header = error.map(|error| ("x-amzn-errortype", error.to_owned()));
    Canned::new(Answer {
        status,
        headers: header.into_iter().collect(),
        body: body.to_owned(),
    })
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(future)
}

/// An error that no model describes.
#[test]
fn errors_say_code_and_message() {
    let transport = || answering(400, Some("SlowDown"), r#"{"message":"half as fast"}"#);
    let (theirs, mine) = (official::texts(transport()), ours::texts(transport()));
    assert_eq!(theirs.of_operation, "unhandled error (SlowDown)");
    assert_eq!(theirs.of_all, "unhandled error (SlowDown)");
    assert_eq!(mine.of_operation, "SlowDown: half as fast");
    assert_eq!(mine.of_all, "SlowDown: half as fast");
}

#[test]
fn errors_without_a_code_say_the_status() {
    let transport = || answering(503, None, "<html>busy</html>");
    let (theirs, mine) = (official::texts(transport()), ours::texts(transport()));
    assert_eq!(theirs.of_operation, "unhandled error");
    assert_eq!(mine.of_operation, "HTTP status 503 without an error code");
}

/// `SdkError` is one type for both, and what it says of itself too; the error in it says more.
#[test]
fn the_error_of_a_call_has_the_official_text() {
    let transport = || answering(400, Some("SlowDown"), r#"{"message":"half as fast"}"#);
    let (theirs, mine) = (official::texts(transport()), ours::texts(transport()));
    assert_eq!(
        (theirs.of_call.as_str(), mine.of_call.as_str()),
        ("service error", "service error")
    );
    assert_eq!(
        theirs.chain.first().map(String::as_str),
        Some("unhandled error (SlowDown)")
    );
    assert_eq!(
        mine.chain.first().map(String::as_str),
        Some("SlowDown: half as fast")
    );
}

#[test]
fn a_missing_member_is_told_in_other_words() {
    let (theirs, mine) = (official::build_error(), ours::build_error());
    assert_ne!(theirs, mine);
    for text in [&theirs, &mine] {
        assert!(text.starts_with("tag_value was missing"), "{text}");
    }
    assert!(mine.contains("Tag"), "{mine}");
}

#[test]
fn a_client_without_a_behavior_version_is_one_with_the_latest() {
    let panicked = |client: fn(Canned)| {
        let transport = answering(200, None, "{}");
        std::panic::catch_unwind(|| client(transport)).is_err()
    };
    assert!(panicked(official::call_without_behavior_version));
    assert!(!panicked(ours::call_without_behavior_version));
}

/// Fifty calls with two retries each take the quota of 500 whole.
#[test]
fn the_quota_of_retries_belongs_to_a_client() {
    let server_fault = || answering(500, Some("KMSInternalException"), "{}");
    let theirs = official::attempts_beside_a_failing_client(server_fault());
    let mine = ours::attempts_beside_a_failing_client(server_fault());
    assert_eq!((theirs, mine), (1, 3));
}

#[test]
fn what_a_failed_call_took_of_the_quota_stays_taken() {
    let answers = || {
        let answer = |status| Answer {
            status,
            headers: Vec::new(),
            body: "{}".to_owned(),
        };
        [answer(500), answer(200), answer(500)]
    };
    let theirs = official::attempts_around_a_success(answers());
    let mine = ours::attempts_around_a_success(answers());
    assert_eq!((theirs, mine), ([2, 1, 2], [2, 1, 1]));
}
