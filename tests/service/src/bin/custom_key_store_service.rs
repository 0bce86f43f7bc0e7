//! The service as a program, for tests written in other languages.
//!
//! It prints one line of JSON when it is up (`endpoint_url`, `region`, `access_key_id`, `secret_access_key`,
//! `session_token`) and runs until its standard input ends. Each line on standard input is a command, an object with one
//! member, and is answered with a line: `{"ok": true}`, more where the command asks something, or `{"error": "..."}`.
//!
//! | command | effect |
//! | --- | --- |
//! | `{"fail_next_connect": "INVALID_CREDENTIALS"}` | the next connect ends in `FAILED` |
//! | `{"set_keys": {"store": "cks-...", "count": 1}}` | says how many KMS keys are in a store |
//! | `{"fault": {"status": 500, "code": "KMSInternalException", "message": "...", "times": 1, "operation": "..."}}` | injects an error |
//! | `{"fault": {"drop": true}}` | drops a connection without an answer |
//! | `{"cluster": {"id": "...", "certificate": "...", "password": "...", "condition": "NotFound"}}` | describes a cluster |
//! | `{"proxy": {"endpoint": "...", "path": "...", "access_key_id": "...", "secret": "...", "condition": "Unreachable"}}` | describes a proxy |
//! | `{"vpc_endpoint_service": {"name": "...", "condition": "NotFound"}}` | describes a VPC endpoint service |
//! | `{"counts": {}}` | answers how many `requests` and `connections` there were |

use farrier_test_service::{
    Builder, Cluster, ClusterCondition, CreationDates, Credentials, Fault, Proxy, ProxyCondition,
    Service, VpcEndpointService, VpcEndpointServiceCondition,
};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "\
usage: custom_key_store_service [--port N] [--region NAME]
           [--access-key-id ID] [--secret-access-key SECRET] [--session-token TOKEN]
           [--connect-delay-ms N] [--disconnect-delay-ms N]
           [--page-size N] [--max-key-stores N] [--exponent-dates]";

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let builder = match configure(std::env::args().skip(1)) {
        Ok(builder) => builder,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(builder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("custom_key_store_service: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the flags.
fn configure(mut arguments: impl Iterator<Item = String>) -> Fallible<Builder> {
    let mut builder = Service::builder();
    let (mut id, mut secret, mut token) = (None, None, None);
    while let Some(flag) = arguments.next() {
        if flag == "--exponent-dates" {
            builder = builder.creation_dates(CreationDates::Exponent);
            continue;
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("{flag} is unknown, or needs a value"))?;
        let milliseconds = || value.parse().map(Duration::from_millis);
        builder = match flag.as_str() {
            "--port" => builder.port(value.parse()?),
            "--region" => builder.region(value),
            "--connect-delay-ms" => builder.connect_delay(milliseconds()?),
            "--disconnect-delay-ms" => builder.disconnect_delay(milliseconds()?),
            "--page-size" => builder.page_size(value.parse()?),
            "--max-key-stores" => builder.max_key_stores(value.parse()?),
            "--access-key-id" => {
                id = Some(value);
                builder
            }
            "--secret-access-key" => {
                secret = Some(value);
                builder
            }
            "--session-token" => {
                token = Some(value);
                builder
            }
            _ => return Err(format!("{flag} is unknown").into()),
        };
    }
    let usual = Credentials::default();
    let mut credentials = Credentials::new(
        id.unwrap_or_else(|| usual.access_key_id().to_owned()),
        secret.unwrap_or_else(|| usual.secret_access_key().to_owned()),
    );
    if let Some(token) = token {
        credentials = credentials.session_token(token);
    }
    Ok(builder.credentials(credentials))
}

/// Serves on this thread while another reads commands, until they end.
fn run(builder: Builder) -> Fallible<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let service = builder.start().await?;
        let credentials = service.credentials();
        print_line(&json!({
            "endpoint_url": service.endpoint_url(),
            "region": service.region(),
            "access_key_id": credentials.access_key_id(),
            "secret_access_key": credentials.secret_access_key(),
            "session_token": credentials.token(),
        }))?;
        tokio::task::spawn_blocking(move || obey(&service)).await??;
        Ok(())
    })
}

fn obey(service: &Service) -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let answer = match command(service, &line?) {
            Ok(answer) => answer,
            Err(error) => json!({ "error": error.to_string() }),
        };
        print_line(&answer)?;
    }
    Ok(())
}

fn print_line(value: &Value) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{value}")?;
    out.flush()
}

fn command(service: &Service, line: &str) -> Fallible<Value> {
    let command: Value = serde_json::from_str(line)?;
    let Some((name, value)) = command.as_object().and_then(|object| object.iter().next()) else {
        return Err("a command is an object with one member".into());
    };
    match name.as_str() {
        "fail_next_connect" => {
            service.fail_next_connect(value.as_str().ok_or("the code is a string")?)
        }
        "set_keys" => {
            let count = value["count"].as_u64().ok_or("set_keys needs a count")?;
            service.set_keys(text(value, "store")?, usize::try_from(count)?);
        }
        "fault" => service.inject(fault(value)?),
        "cluster" => service.set_cluster(cluster(value)?),
        "proxy" => service.set_proxy(proxy(value)?),
        "vpc_endpoint_service" => service.set_vpc_endpoint_service(vpc_endpoint_service(value)?),
        "counts" => {
            let requests = service.requests().len();
            return Ok(
                json!({ "ok": true, "requests": requests, "connections": service.connections() }),
            );
        }
        _ => return Err(format!("{name} is no command").into()),
    }
    Ok(json!({ "ok": true }))
}

fn text<'a>(value: &'a Value, name: &str) -> Fallible<&'a str> {
    value[name]
        .as_str()
        .ok_or_else(|| format!("{name} is missing, or no string").into())
}

fn fault(value: &Value) -> Fallible<Fault> {
    let mut fault = if value["drop"] == true {
        Fault::drop_connection()
    } else {
        let status = value["status"]
            .as_u64()
            .ok_or("a fault needs a status, or drop")?;
        Fault::error(
            u16::try_from(status)?,
            text(value, "code")?,
            value["message"].as_str().unwrap_or_default(),
        )
    };
    if let Some(operation) = value["operation"].as_str() {
        fault = fault.on(operation);
    }
    if let Some(times) = value["times"].as_u64() {
        fault = fault.times(usize::try_from(times)?);
    }
    Ok(fault)
}

fn cluster(value: &Value) -> Fallible<Cluster> {
    let mut cluster =
        Cluster::new(text(value, "id")?).condition(match value["condition"].as_str() {
            None | Some("Active") => ClusterCondition::Active,
            Some("NotFound") => ClusterCondition::NotFound,
            Some("NotActive") => ClusterCondition::NotActive,
            Some("InvalidConfiguration") => ClusterCondition::InvalidConfiguration,
            Some(other) => return Err(format!("{other} is no condition of a cluster").into()),
        });
    if let Some(certificate) = value["certificate"].as_str() {
        cluster = cluster.certificate(certificate);
    }
    if let Some(password) = value["password"].as_str() {
        cluster = cluster.password(password);
    }
    Ok(cluster)
}

fn proxy(value: &Value) -> Fallible<Proxy> {
    let mut proxy =
        Proxy::new(text(value, "endpoint")?).condition(match value["condition"].as_str() {
            None | Some("Answers") => ProxyCondition::Answers,
            Some("Unreachable") => ProxyCondition::Unreachable,
            Some("InvalidResponse") => ProxyCondition::InvalidResponse,
            Some("InvalidConfiguration") => ProxyCondition::InvalidConfiguration,
            Some(other) => return Err(format!("{other} is no condition of a proxy").into()),
        });
    if let Some(path) = value["path"].as_str() {
        proxy = proxy.path(path);
    }
    if !value["access_key_id"].is_null() {
        proxy = proxy.credential(text(value, "access_key_id")?, text(value, "secret")?);
    }
    Ok(proxy)
}

fn vpc_endpoint_service(value: &Value) -> Fallible<VpcEndpointService> {
    Ok(
        VpcEndpointService::new(text(value, "name")?).condition(
            match value["condition"].as_str() {
                None | Some("Usable") => VpcEndpointServiceCondition::Usable,
                Some("NotFound") => VpcEndpointServiceCondition::NotFound,
                Some("InvalidConfiguration") => VpcEndpointServiceCondition::InvalidConfiguration,
                Some(other) => {
                    return Err(format!("{other} is no condition of a VPC endpoint service").into());
                }
            },
        ),
    )
}
