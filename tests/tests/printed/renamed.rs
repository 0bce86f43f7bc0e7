//! Whatever things are called in Rust, on the wire they have the names of the model.

use crate::canned::Canned;
use crate::names::types::{Choice, Members, Values};
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
        .customize_value("6");
    call.send().await.unwrap();
    assert_eq!(
        canned.body(),
        r#"{"type":"1","self":"2","gen":"3","send":"4","build":"5","customize":"6"}"#
    );
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
    assert_eq!(known.len(), 18);
    for text in known {
        let value = Values::from(*text);
        assert_eq!(value.as_str(), *text);
        assert!(Values::try_parse(text).is_ok(), "{text:?}");
        for other in known.iter().filter(|other| *other != text) {
            assert_ne!(value, Values::from(*other));
        }
    }
    assert_eq!(Values::from(""), Values::Empty);
    assert_eq!(Values::from("later").as_str(), "later");
    assert!(Values::try_parse("later").is_err());
}
