//! A bare HTTP client and a signer of its own, which shares nothing with the service's verifier.

use farrier_test_service::{Builder, Clock, Credentials, RecordedRequest, Service};
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::{Duration, UNIX_EPOCH};
use tokio::net::TcpStream;

pub(crate) type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// The time of the tests: 2026-08-01, 12:00:00 UTC.
pub(crate) const NOW: u64 = 1_785_585_600;
pub(crate) const AMZ_DATE: &str = "20260801T120000Z";
pub(crate) const REGION: &str = "eu-central-1";
pub(crate) const CONNECT_DELAY: Duration = Duration::from_secs(20);
pub(crate) const DISCONNECT_DELAY: Duration = Duration::from_secs(10);

/// An answer, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The error's type, or `ok`.
    pub(crate) fn code(&self) -> String {
        if self.status == 200 {
            "ok".to_owned()
        } else {
            self.json()["__type"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        }
    }
}

/// A service with a clock that only the test moves, and one connection to it.
pub(crate) struct Bench {
    pub(crate) service: Service,
    pub(crate) clock: Clock,
    pub(crate) credentials: Credentials,
    sender: SendRequest<Full<Bytes>>,
}

impl Bench {
    pub(crate) async fn start() -> Fallible<Self> {
        Self::with(|builder| builder).await
    }

    pub(crate) async fn with(set: impl FnOnce(Builder) -> Builder) -> Fallible<Self> {
        let clock = Clock::fixed(UNIX_EPOCH + Duration::from_secs(NOW));
        let credentials =
            Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let builder = Service::builder()
            .region(REGION)
            .credentials(credentials.clone())
            .connect_delay(CONNECT_DELAY)
            .disconnect_delay(DISCONNECT_DELAY)
            .clock(clock.clone());
        let service = set(builder).start().await?;
        let sender = connect(&service).await?;
        let credentials = service.credentials();
        Ok(Self {
            service,
            clock,
            credentials,
            sender,
        })
    }

    /// Opens another connection and uses it from now on.
    pub(crate) async fn reconnect(&mut self) -> Fallible<()> {
        self.sender = connect(&self.service).await?;
        Ok(())
    }

    /// A properly made request, to be sent or spoiled first.
    pub(crate) fn draft(&self, operation: &str, input: &Value) -> Draft {
        let mut draft = Draft {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            headers: vec![
                (
                    "content-type".to_owned(),
                    "application/x-amz-json-1.1".to_owned(),
                ),
                ("host".to_owned(), self.service.address().to_string()),
                ("x-amz-date".to_owned(), AMZ_DATE.to_owned()),
                (
                    "x-amz-target".to_owned(),
                    format!("TrentService.{operation}"),
                ),
            ],
            body: input.to_string().into_bytes(),
        };
        if let Some(token) = self.credentials.token() {
            draft.set("x-amz-security-token", token);
        }
        draft
    }

    pub(crate) async fn send(&mut self, draft: Draft) -> Fallible<Answer> {
        let mut request = Request::builder()
            .method(draft.method.as_str())
            .uri(&draft.path);
        for (name, value) in &draft.headers {
            request = request.header(name, value);
        }
        self.sender.ready().await?;
        let response = self
            .sender
            .send_request(request.body(Full::new(draft.body.into()))?)
            .await?;
        let (head, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
        Ok(Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            text,
        })
    }

    /// Signs and sends a request.
    pub(crate) async fn call(&mut self, operation: &str, input: Value) -> Fallible<Answer> {
        let draft = self
            .draft(operation, &input)
            .sign(&self.credentials, REGION, "kms");
        self.send(draft).await
    }

    /// The error's type of a call, or `ok`.
    pub(crate) async fn code(&mut self, operation: &str, input: Value) -> Fallible<String> {
        Ok(self.call(operation, input).await?.code())
    }

    /// Creates a store, which must succeed, and returns its id.
    pub(crate) async fn create(&mut self, input: Value) -> Fallible<String> {
        let answer = self.call("CreateCustomKeyStore", input).await?;
        let id = answer.json()["CustomKeyStoreId"]
            .as_str()
            .map(str::to_owned);
        id.ok_or_else(|| format!("not created: {}", answer.text).into())
    }

    /// The describe entry of one store.
    pub(crate) async fn entry(&mut self, id: &str) -> Fallible<Value> {
        let answer = self
            .call("DescribeCustomKeyStores", json!({ "CustomKeyStoreId": id }))
            .await?;
        Ok(answer.json()["CustomKeyStores"][0].clone())
    }

    pub(crate) fn last_request(&self) -> Option<RecordedRequest> {
        self.service.requests().pop()
    }
}

async fn connect(service: &Service) -> Fallible<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(service.address()).await?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// A request before it is sent.
pub(crate) struct Draft {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Draft {
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.headers.retain(|(key, _)| key != name);
    }

    /// Signs all headers that the draft has.
    pub(crate) fn sign(mut self, credentials: &Credentials, region: &str, service: &str) -> Self {
        self.headers.sort();
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let signed = names.join(";");
        let date = self
            .headers
            .iter()
            .find(|(name, _)| name == "x-amz-date")
            .map_or("", |(_, date)| date);
        let day = &date[..date.len().min(8)];
        let mut canonical = format!("{}\n{}\n\n", self.method, self.path);
        for (name, value) in &self.headers {
            canonical += &format!("{name}:{value}\n");
        }
        canonical += &format!("\n{signed}\n{}", hex::encode(Sha256::digest(&self.body)));
        let scope = format!("{day}/{region}/{service}/aws4_request");
        let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{digest}");
        let date_key = mac(
            format!("AWS4{}", credentials.secret_access_key()).as_bytes(),
            day,
        );
        let key = mac(&mac(&mac(&date_key, region), service), "aws4_request");
        let value = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature={}",
            credentials.access_key_id(),
            hex::encode(mac(&key, &to_sign))
        );
        self.set("authorization", &value);
        self
    }
}

fn mac(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The input that creates a CloudHSM key store; `tag` makes its name and its cluster its own.
pub(crate) fn cloud_hsm(tag: &str) -> Value {
    json!({
        "CustomKeyStoreName": format!("hsm-{tag}"),
        "CloudHsmClusterId": cluster_id(tag),
        "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
        "KeyStorePassword": "kmsPswd",
    })
}

/// A cluster id made from `tag`, which is up to eleven letters.
pub(crate) fn cluster_id(tag: &str) -> String {
    format!("cluster-{tag:a<11}")
}

/// The input that creates an external key store with a public proxy of its own.
pub(crate) fn external(tag: &str) -> Value {
    json!({
        "CustomKeyStoreName": format!("xks-{tag}"),
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyUriEndpoint": format!("https://{tag}.example.com"),
        "XksProxyUriPath": "/example/kms/xks/v1",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyAuthenticationCredential": credential('A'),
    })
}

/// The input that creates an external key store with a proxy in a VPC.
pub(crate) fn external_in_vpc(tag: &str) -> Value {
    let mut input = external(tag);
    input["XksProxyConnectivity"] = json!("VPC_ENDPOINT_SERVICE");
    input["XksProxyVpcEndpointServiceName"] = json!(vpc_service(tag));
    input
}

pub(crate) fn vpc_service(tag: &str) -> String {
    format!("com.amazonaws.vpce.eu-central-1.vpce-svc-{tag}")
}

/// A proxy credential whose key id is one letter over and over.
pub(crate) fn credential(letter: char) -> Value {
    json!({
        "AccessKeyId": letter.to_string().repeat(20),
        "RawSecretAccessKey": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ/+=1",
    })
}

/// `input` with some of its members replaced, and with those that are null taken out.
pub(crate) fn with(mut input: Value, changes: Value) -> Value {
    if let (Some(input), Some(changes)) = (input.as_object_mut(), changes.as_object()) {
        for (name, value) in changes {
            input.insert(name.clone(), value.clone());
        }
        input.retain(|_, value| !value.is_null());
    }
    input
}
