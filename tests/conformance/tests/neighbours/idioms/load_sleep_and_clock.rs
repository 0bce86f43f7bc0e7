// Takes over the clock, and a way of sleeping that keeps a record: a pause between attempts is in it.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::BehaviorVersion;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::{AsyncSleep, Sleep};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_types::os_shim_internal::Env;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

pub(crate) const ANSWERS: &[Answer] = &[Answer::With(
    500,
    ("x-amz-retry-after", "1500"),
    r#"{"__type":"KMSInternalException","message":"an internal error"}"#,
)];

#[derive(Clone, Debug, Default)]
struct Recorded(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Recorded {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().expect("the record").push(duration);
        TokioSleep::new().sleep(duration)
    }
}

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let sleep = Recorded::default();
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token"),
            ("AWS_REGION", "eu-north-1"),
        ]))
        .http_client(config.http_client().ok_or("a transport")?)
        .time_source(config.time_source().ok_or("a clock")?)
        .sleep_impl(sleep.clone())
        .load()
        .await;
    let client = Client::new(&loaded);
    let began = Instant::now();
    client.list_keys().send().await?;
    println!("{:?}", began.elapsed());
    let slept = sleep.0.lock().expect("the record").clone();
    println!("{}", slept.contains(&Duration::from_millis(1500)));
    println!(
        "{} {}",
        client.config().sleep_impl().is_some(),
        client.config().time_source().is_some()
    );
    Ok(())
}
