//! What a client does inside of a Lambda function.
//!
//! The environment says whether a process is one, so the test starts its own binary again in such an environment.

mod support;

use farrier_runtime::internal::mutate_request_interceptor;
use std::process::Command;
use support::*;

const INSIDE: &str = "AWS_LAMBDA_FUNCTION_NAME";

#[tokio::test]
async fn requests_carry_the_id_of_the_invocation() {
    if std::env::var_os(INSIDE).is_some() {
        return inside().await;
    }
    let server = Server::start([ok("done")]).await;
    echo(&client_of(&server, |_| {}), "hi")
        .await
        .expect("an answer");
    assert_eq!(header(&server.requests()[0], "x-amzn-trace-id"), None);
    let output = Command::new(std::env::current_exe().expect("this binary"))
        .env(INSIDE, "a-function")
        .env("_X_AMZN_TRACE_ID", "Root=1-a;Parent=b\u{fc}")
        .output()
        .expect("this binary runs");
    assert!(output.status.success(), "{output:?}");
}

async fn inside() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |_| {});
    echo(&client, "hi").await.expect("an answer");
    let hooked = client_of(&server, |settings| {
        settings.push_interceptor(mutate_request_interceptor(|_| {}));
    });
    echo(&hooked, "hi").await.expect("an answer");
    for request in server.requests() {
        assert_eq!(
            header(&request, "x-amzn-trace-id"),
            Some("Root=1-a;Parent=b%C3%BC")
        );
        let authorization = header(&request, "authorization").expect("a signature");
        assert!(!authorization.contains("trace-id"), "{authorization}");
    }
}
