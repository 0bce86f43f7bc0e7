// Stands in for the service with a response.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::http::HttpResponse;
use aws_smithy_mocks::{mock, mock_client};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let rule = mock!(Client::list_keys).then_http_response(|| {
        HttpResponse::new(
            StatusCode::try_from(200).expect("a status"),
            SdkBody::from(r#"{"Truncated":true}"#),
        )
    });
    let client = mock_client!(aws_sdk_kms, [&rule]);
    println!("{:?}", client.list_keys().send().await?.truncated());
    Ok(())
}
