//! What goes over the wire: headers and signatures.

mod support;

use farrier_runtime::config::{
    AppName, Credentials, IntoShared, Region, RetryConfig, RuntimeComponents,
    SharedCredentialsProvider, SharedTimeSource, TimeSource,
};
use farrier_runtime::endpoint::{
    Endpoint, EndpointAuthScheme, EndpointFuture, EndpointResolverParams, ResolveEndpoint,
    SharedEndpointResolver,
};
use farrier_runtime::error::SdkError;
use farrier_runtime::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, HttpRequest,
    HttpResponse, SdkBody, SharedHttpConnector,
};
use farrier_runtime::internal::{Handle, SettingsBuilder, send};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use support::*;

/// An HTTP client that keeps the requests and answers `{}`.
#[derive(Clone, Debug, Default)]
struct Capture(Arc<Mutex<Vec<HttpRequest>>>);

impl HttpConnector for Capture {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request);
        HttpConnectorFuture::ready(Ok(HttpResponse::new(
            200.try_into().unwrap(),
            SdkBody::from("{}"),
        )))
    }
}

impl HttpClient for Capture {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl Capture {
    fn request(&self) -> HttpRequest {
        self.0.lock().unwrap().remove(0)
    }
}

/// 2023-11-14T22:13:20Z.
#[derive(Debug)]
struct Fixed;

impl TimeSource for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }
}

fn client(configure: impl FnOnce(&mut SettingsBuilder)) -> (Handle, Capture) {
    client_with(settings(), configure)
}

fn client_with(
    mut settings: SettingsBuilder,
    configure: impl FnOnce(&mut SettingsBuilder),
) -> (Handle, Capture) {
    let capture = Capture::default();
    settings
        .set_http_client(Some(capture.clone().into_shared()))
        .set_time_source(Some(SharedTimeSource::new(Fixed)));
    configure(&mut settings);
    (Handle::new(&SERVICE, settings.build()), capture)
}

async fn request_with(configure: impl FnOnce(&mut SettingsBuilder)) -> HttpRequest {
    let (client, capture) = client(configure);
    echo(&client, "hi").await.expect("an answer");
    capture.request()
}

fn headers(request: &HttpRequest) -> BTreeMap<&str, &str> {
    request.headers().iter().collect()
}

#[tokio::test]
async fn all_headers_and_no_others() {
    let request = request_with(|_| {}).await;
    assert_eq!(
        (request.method(), request.uri()),
        ("POST", "https://echo.us-east-1.amazonaws.com/")
    );
    let headers = headers(&request);
    let names: Vec<_> = headers.keys().copied().collect();
    assert_eq!(
        names,
        [
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "authorization",
            "content-length",
            "content-type",
            "user-agent",
            "x-amz-date",
            "x-amz-target",
            "x-amz-user-agent"
        ]
    );
    assert_eq!(headers["content-type"], "application/x-amz-json-1.1");
    assert_eq!(headers["content-length"], "13");
    assert_eq!(headers["x-amz-target"], "EchoService.Echo");
    assert_eq!(headers["x-amz-date"], "20231114T221320Z");
    assert_eq!(headers["amz-sdk-request"], "attempt=1; max=3");
    assert_eq!(headers["user-agent"], headers["x-amz-user-agent"]);
    assert_eq!(request.body().bytes(), Some(&br#"{"Text":"hi"}"#[..]));
}

#[tokio::test]
async fn the_signature_covers_what_the_official_one_does() {
    let token = Credentials::from_keys("AKIDEXAMPLE", "secret", Some("session".into()));
    let request = request_with(|settings| {
        settings.set_credentials_provider(Some(SharedCredentialsProvider::new(token)));
    })
    .await;
    let headers = headers(&request);
    assert_eq!(headers["x-amz-security-token"], "session");
    let (scope, _) = headers["authorization"]
        .split_once(", Signature=")
        .expect("a signature");
    assert_eq!(
        scope,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/us-east-1/echo/aws4_request, \
         SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent"
    );
}

#[tokio::test]
async fn the_same_call_has_the_same_signature() {
    let signature = async || {
        let request = request_with(|_| {}).await;
        headers(&request)["authorization"].to_owned()
    };
    assert_eq!(signature().await, signature().await);
    let other = request_with(|settings| {
        settings.set_region(Some(Region::new("eu-west-1")));
    })
    .await;
    assert_ne!(headers(&other)["authorization"], signature().await);
}

#[tokio::test]
async fn the_user_agent() {
    let request = request_with(|settings| {
        settings
            .set_endpoint_url(Some("http://localhost:1234".into()))
            .set_retry_config(Some(RetryConfig::adaptive()))
            .set_app_name(Some(AppName::new("my-app").unwrap()));
    })
    .await;
    let agent = headers(&request)["user-agent"];
    assert!(agent.starts_with("farrier/"), "{agent}");
    assert!(agent.contains(" ua/2.1 api/echo/1.2.3 os/"), "{agent}");
    assert!(agent.contains(" lang/rust/1."), "{agent}");
    assert!(agent.ends_with(" m/F,N app/my-app"), "{agent}");
}

#[tokio::test]
async fn the_number_of_attempts_is_told() {
    let request = request_with(|settings| {
        settings.set_retry_config(Some(RetryConfig::standard().with_max_attempts(7)));
    })
    .await;
    assert_eq!(headers(&request)["amz-sdk-request"], "attempt=1; max=7");
}

#[tokio::test]
async fn settings_of_one_call_lie_on_top() {
    let (client, capture) = client(|_| {});
    let mut over = SettingsBuilder::new();
    over.set_region(Some(Region::new("eu-west-1")));
    send::<Echo>(&client, Some(&over), Ok(EchoInput("hi".into())))
        .await
        .expect("an answer");
    echo(&client, "hi").await.expect("an answer");
    assert_eq!(
        capture.request().uri(),
        "https://echo.eu-west-1.amazonaws.com/"
    );
    assert_eq!(
        capture.request().uri(),
        "https://echo.us-east-1.amazonaws.com/"
    );
}

#[derive(Debug)]
struct Elsewhere;

impl ResolveEndpoint for Elsewhere {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let scheme = EndpointAuthScheme::with_capacity("sigv4", 2)
            .put("signingName", "other")
            .put("signingRegion", "mars-1");
        EndpointFuture::ready(Ok(Endpoint::builder()
            .url("https://example.com/base")
            .header("x-route", "left")
            .auth_scheme(scheme)
            .build()))
    }
}

#[tokio::test]
async fn a_resolver_decides_on_address_headers_and_signing() {
    let request = request_with(|settings| {
        settings.set_endpoint_resolver(Some(SharedEndpointResolver::new(Elsewhere)));
    })
    .await;
    assert_eq!(request.uri(), "https://example.com/base/");
    let headers = headers(&request);
    assert_eq!(headers["x-route"], "left");
    assert!(headers["authorization"].contains("/mars-1/other/aws4_request, "));
    assert!(headers["authorization"].contains(";x-route"));
}

/// Gives an endpoint that names these ways to sign.
#[derive(Debug)]
struct Signed(&'static [&'static str]);

impl ResolveEndpoint for Signed {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let schemes = self.0.iter();
        let endpoint = schemes.fold(
            Endpoint::builder().url("https://example.com"),
            |endpoint, name| {
                let scheme = EndpointAuthScheme::with_capacity(*name, 1);
                endpoint.auth_scheme(scheme.put("signingName", *name))
            },
        );
        EndpointFuture::ready(Ok(endpoint.build()))
    }
}

#[tokio::test]
async fn of_the_ways_to_sign_the_one_that_is_spoken_is_taken() {
    let request = request_with(|settings| {
        let resolver = SharedEndpointResolver::new(Signed(&["sigv4a", "sigv4", "bearer"]));
        settings.set_endpoint_resolver(Some(resolver));
    })
    .await;
    let authorization = &headers(&request)["authorization"];
    assert!(
        authorization.contains("/us-east-1/sigv4/aws4_request, "),
        "{authorization}"
    );
    let (client, _) = client(|settings| {
        let resolver = SharedEndpointResolver::new(Signed(&["sigv4a"]));
        settings.set_endpoint_resolver(Some(resolver));
    });
    let error = echo(&client, "hi").await.expect_err("no way to sign");
    let cause = format!("{error:?}");
    assert!(
        cause.contains("asks for other signatures than Signature Version 4"),
        "{cause}"
    );
}

#[tokio::test]
async fn an_empty_endpoint_is_refused() {
    let (client, _) = client(|settings| {
        settings.set_endpoint_url(Some(String::new()));
    });
    let error = echo(&client, "hi").await.expect_err("no address");
    let cause = std::error::Error::source(&error).expect("a cause");
    assert_eq!(
        cause.to_string(),
        "the endpoint URL is empty: leave it unset, or name an address"
    );
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let message = |error: SdkError<_, _>| {
        let SdkError::DispatchFailure(failure) = error else {
            panic!("{error:?}")
        };
        let source = std::error::Error::source(failure.as_connector_error().expect("an error"))
            .expect("a source");
        source.to_string()
    };
    let (no_region, _) = client(|settings| {
        settings.set_region(None);
    });
    assert_eq!(
        message(echo(&no_region, "hi").await.expect_err("no region")),
        "Invalid Configuration: Missing Region"
    );
    let (no_credentials, _) = client_with(settings_without_credentials(), |_| ());
    let text = message(
        echo(&no_credentials, "hi")
            .await
            .expect_err("no credentials"),
    );
    assert!(text.contains("set `credentials_provider`"), "{text}");
}

#[tokio::test]
async fn without_credentials_a_call_is_unsigned_if_that_is_allowed() {
    let (client, capture) = client_with(settings_without_credentials(), |settings| {
        settings.set_allow_no_auth(true);
    });
    echo(&client, "hi").await.expect("an answer");
    assert!(!capture.request().headers().contains_key("authorization"));
}

#[tokio::test]
async fn debug_of_clients_and_requests_shows_no_secret() {
    let credentials = Credentials::from_keys(
        "AKIDEXAMPLE",
        "planted-secret",
        Some("planted-token".into()),
    );
    let (client, capture) = client(|settings| {
        settings.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)));
    });
    echo(&client, "hi").await.expect("an answer");
    let request = capture.request();
    let signature = headers(&request)["authorization"]
        .rsplit('=')
        .next()
        .expect("a signature")
        .to_owned();
    let text = format!("{client:?} {:?} {request:?}", client.settings());
    assert!(!text.contains("planted"), "{text}");
    assert!(!text.contains(&signature), "{text}");
}

#[tokio::test]
async fn a_region_cannot_make_another_host() {
    for region in ["", "example.com/#", "us east 1", "-us-east-1", "us-east-1."] {
        let (client, capture) = client(|settings| {
            settings.set_region(Some(Region::new(region)));
        });
        let error = echo(&client, "hi").await.expect_err("refused");
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{region}: {error:?}"
        );
        assert!(capture.0.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_region_that_is_none_is_refused_with_an_address_of_its_own_too() {
    let server = Server::start([]).await;
    let client = client_of(&server, |settings| {
        settings.set_region(Some(Region::new("example.com/#")));
    });
    let error = echo(&client, "hi").await.expect_err("refused");
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_address_with_a_user_is_refused_and_not_shown() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |settings| {
        let url = server.url().replace("http://", "http://user:pass-word@");
        settings.set_endpoint_url(Some(url));
    });
    let error = echo(&client, "hi").await.expect_err("a user");
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    let text = farrier_runtime::error::DisplayErrorContext(&error).to_string();
    assert!(text.contains("remove what stands before the `@`"), "{text}");
    assert!(!text.contains("pass-word"), "{text}");
    assert_eq!(server.requests().len(), 0);
}
