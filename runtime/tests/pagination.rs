//! Streams of pages and of items.

mod listing;

use farrier_runtime::error::{ProvideErrorMetadata, SdkError};
use farrier_runtime::pagination::{PaginationStream, failed, items, pages, pages_with};
use listing::*;

fn stream(script: &Script, stop_on_duplicate: bool) -> PaginationStream<ListResult> {
    pages::<List>(
        script.client(|_| {}),
        None,
        ListInput::default(),
        |output| output.next.as_deref(),
        |input, token| input.marker = token,
        |input| input.marker.as_deref(),
        stop_on_duplicate,
    )
}

fn items_of(output: ListOutput) -> Vec<String> {
    output.items.unwrap_or_default()
}

#[tokio::test]
async fn every_page_is_asked_for_with_the_token_of_the_one_before() {
    let script = Script::new([
        (200, r#"{"Items":["a","b"],"Next":"1"}"#),
        (200, r#"{"Next":"2"}"#),
        (200, r#"{"Items":["c"]}"#),
    ]);
    let all: Result<Vec<_>, _> = items(stream(&script, true), items_of).collect().await;
    assert_eq!(all.expect("three pages"), ["a", "b", "c"]);
    assert_eq!(
        script.bodies(),
        ["{}", r#"{"Marker":"1"}"#, r#"{"Marker":"2"}"#]
    );
}

#[tokio::test]
async fn an_empty_token_ends_the_stream() {
    let script = Script::new([(200, r#"{"Next":""}"#)]);
    let mut stream = stream(&script, false);
    assert!(stream.next().await.is_some_and(|page| page.is_ok()));
    assert!(stream.next().await.is_none());
    assert_eq!(script.bodies().len(), 1);
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_stream_when_asked_to() {
    let page = (200, r#"{"Next":"same"}"#);
    let script = Script::new([page; 5]);
    let pages = stream(&script, true).try_collect().await;
    // The first answer gives the token, the second repeats it.
    assert_eq!(pages.expect("pages").len(), 2);

    let script = Script::new([page, page, page, (200, "{}")]);
    let pages = stream(&script, false).try_collect().await;
    assert_eq!(pages.expect("pages").len(), 4);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let script = Script::new([(200, r#"{"Next":"1"}"#), (200, r#"{"Next":"2"}"#)]);
    let mut stream = stream(&script, true);
    assert!(script.bodies().is_empty());
    assert!(stream.next().await.is_some());
    assert_eq!(script.bodies().len(), 1);
}

#[tokio::test]
async fn an_error_is_the_last_thing_in_a_stream() {
    let script = Script::new([
        (200, r#"{"Items":["a"],"Next":"1"}"#),
        (400, r#"{"__type":"InvalidMarkerException"}"#),
        (200, r#"{"Items":["b"]}"#),
    ]);
    let mut stream = items(stream(&script, true), items_of);
    assert_eq!(stream.next().await.expect("an item").expect("a page"), "a");
    let error = stream
        .next()
        .await
        .expect("an item")
        .expect_err("the service refused");
    assert_eq!(error.code(), Some("InvalidMarkerException"));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_token_can_be_anything() {
    let script = Script::new([
        (200, r#"{"Items":["a"]}"#),
        (200, r#"{"Items":["b"]}"#),
        (200, "{}"),
    ]);
    let stream = pages_with::<List>(
        script.client(|_| {}),
        None,
        ListInput::default(),
        |output, input| {
            input.marker = output
                .items
                .as_ref()
                .and_then(|items| items.last().cloned());
            input.marker.is_some()
        },
    );
    assert_eq!(stream.try_collect().await.expect("pages").len(), 3);
    assert_eq!(script.bodies()[2], r#"{"Marker":"b"}"#);
}

#[tokio::test]
async fn an_input_that_cannot_be_built_is_the_only_thing_in_a_stream() {
    let mut stream: PaginationStream<ListResult> = failed("`limit` is missing");
    let error = stream
        .next()
        .await
        .expect("an item")
        .expect_err("not built");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert!(stream.next().await.is_none());
}
