//! Whatever things are called in Rust, on the wire they have the names of the model.

use crate::canned::Canned;
use crate::names::types::{Choice, Debug, Members, Values};
use crate::names::{Client, Config};

fn client() -> (Canned, Client) {
    let canned = Canned::default();
    let credentials = crate::names::config::Credentials::new("AKID", "secret", None, None, "test");
    let config = Config::builder()
        .region(crate::names::config::Region::new("eu-west-1"))
        .credentials_provider(credentials)
        .http_client(canned.clone());
    (canned, Client::from_conf(config.build()))
}

#[tokio::test]
async fn members_keep_their_names_on_the_wire() {
    let (canned, client) = client();
    canned.answer(200, "{}");
    let call = client
        .new_value()
        .r#type("1")
        .self_("2")
        .r#gen("3")
        .send_value("4")
        .build_value("5")
        .customize_value("6")
        .crate_("7")
        .super_("8")
        .r#async("9")
        ._2_fa("10")
        ._2_fa_2("11")
        .meta_value("12");
    call.send().await.unwrap();
    assert_eq!(
        canned.body(),
        concat!(
            r#"{"type":"1","self":"2","gen":"3","_2fa":"10","send":"4","build":"5","customize":"6","#,
            r#""crate":"7","super":"8","async":"9","2fa":"11","meta":"12"}"#
        )
    );
}

#[tokio::test]
async fn operations_keep_theirs() {
    let (canned, _) = client();
    let client = {
        use crate::operations::{Client, Config, config};
        let credentials = config::Credentials::new("AKID", "secret", None, None, "test");
        let config = Config::builder()
            .region(config::Region::new("eu-west-1"))
            .credentials_provider(credentials)
            .http_client(canned.clone());
        Client::from_conf(config.build())
    };
    canned.answer(200, r#"{"error":"e"}"#);
    let output = client.client().client("c").send().await.unwrap();
    assert_eq!(
        (output.error(), canned.body().as_str()),
        (Some("e"), r#"{"client":"c"}"#)
    );
    let error = r#"{"__type":"type.self._2fa#SelfError","message":"m"}"#;
    canned.answer(400, error);
    let error = client.self_value().send().await.unwrap_err();
    assert!(error.into_service_error().is_self_error());
    canned.answer(200, "{}");
    client.get_thing2().send().await.unwrap();
    let targets: Vec<String> = canned.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(targets, ["Service.Self", "Service.get_Thing_2"]);
}

#[tokio::test]
async fn structures_keep_theirs_too() {
    let (canned, client) = client();
    canned.answer(200, "{}");
    let members = Members::builder()
        .r#type("1")
        .self_("2")
        .crate_("3")
        .super_("4")
        .r#async("5");
    let error = members.build().unwrap_err();
    assert!(error.to_string().contains("dyn"), "{error}");
    client
        .config_value()
        .choice(Choice::UnknownValue("u".into()))
        .send()
        .await
        .unwrap();
    assert_eq!(canned.body(), r#"{"choice":{"unknown":"u"}}"#);
}

#[test]
fn every_value_of_an_enum_is_told_from_all_others() {
    let known = Values::values();
    assert_eq!(known.len(), 25);
    for text in known {
        let value = Values::from(*text);
        assert_eq!(value.as_str(), *text);
        assert!(Values::try_parse(text).is_ok(), "{text:?}");
        for other in known.iter().filter(|other| *other != text) {
            assert_ne!(value, Values::from(*other));
        }
    }
    assert_eq!(Values::from(""), Values::Empty);
    assert_eq!(Debug::from("").as_str(), "");
    assert!(Debug::try_parse("").is_ok());
    assert_eq!(Values::from("later").as_str(), "later");
    assert!(Values::try_parse("later").is_err());
}
