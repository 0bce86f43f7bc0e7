//! Prints the nanoseconds of one call over loopback, from one core to another and on a connection kept alive: of the
//! official client, of ours, and of hyper with aws-sigv4 and nothing else. Then the CPU nanoseconds of a call among 64 at
//! once, of both clients.

use aws_smithy_http_client::Builder;
use farrier_bench_call::server::{Server, serve, stay_on};
use farrier_bench_call::{
    call_official, call_ours, cpu, median, official_over, our_settings, runtime, sign_for, turns,
};
use http_body_util::BodyExt;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::task::JoinSet;

const AT_ONCE: u32 = 64;
const EACH: u32 = 100;
const ROUNDS: usize = 15;

fn main() {
    serve();
    stay_on(0);
    let server = Server::start();
    let runtime = runtime();
    let endpoint = format!("http://{}", server.address);
    let official = official_over(Builder::new().build_http(), Some(&endpoint));
    let settings = our_settings().endpoint_url(&endpoint);
    let ours = farrier_kms::Client::from_conf(settings.build());
    let credentials = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "bench");
    let mut bare = runtime.block_on(connect(&server.address));
    let sides: [&mut dyn FnMut(); 3] = [
        &mut || runtime.block_on(call_official(&official)),
        &mut || runtime.block_on(call_ours(&ours)),
        &mut || {
            runtime.block_on(async {
                let request = sign_for(&credentials, "/", &server.address);
                let answer = bare.send_request(request).await.expect("an answer");
                let body = answer.into_body().collect().await.expect("a body");
                assert_eq!(body.to_bytes().as_ref(), b"{}");
            })
        },
    ];
    for time in turns(60, 50, sides) {
        println!("{time}");
    }
    let mut times = [const { Vec::new() }; 2];
    for _ in 0..ROUNDS {
        let client = official.clone();
        times[0].push(runtime.block_on(at_once(move || {
            let client = client.clone();
            async move { call_official(&client).await }
        })));
        let client = ours.clone();
        times[1].push(runtime.block_on(at_once(move || {
            let client = client.clone();
            async move { call_ours(&client).await }
        })));
    }
    for times in times {
        println!("{}", median(times));
    }
}

/// The CPU time of a call, where so many are under way at any time.
async fn at_once<F: Future<Output = ()> + Send + 'static>(
    call: impl Fn() -> F + Clone + Send + 'static,
) -> u128 {
    let start = cpu();
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let call = call.clone();
        tasks.spawn(async move {
            for _ in 0..EACH {
                call().await;
            }
        });
    }
    tasks.join_all().await;
    ((cpu() - start) / (AT_ONCE * EACH)).as_nanos()
}

async fn connect(address: &str) -> SendRequest<String> {
    let stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("HTTP/1.1");
    tokio::spawn(connection);
    sender
}
