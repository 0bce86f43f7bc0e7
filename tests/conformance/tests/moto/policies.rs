//! Key policies read and written.

use crate::server::{client, key};

#[tokio::test]
async fn a_policy_is_written_and_read() {
    let client = client();
    let key = key(&client).await;
    let names = client
        .list_key_policies()
        .key_id(&key)
        .send()
        .await
        .expect("names");
    assert_eq!(names.policy_names(), ["default"]);
    let read = client
        .get_key_policy()
        .key_id(&key)
        .policy_name("default")
        .send()
        .await;
    let policy = read.expect("a policy").policy.expect("its text");
    assert!(
        serde_json::from_str::<serde_json::Value>(&policy)
            .is_ok_and(|policy| policy["Statement"].is_array())
    );
    let policy = "{\"Version\": \"2012-10-17\",\n\t\"Statement\": [], \"Id\": \"é\"}";
    let write = client
        .put_key_policy()
        .key_id(&key)
        .policy_name("default")
        .policy(policy);
    write.send().await.expect("written");
    let read = client
        .get_key_policy()
        .key_id(&key)
        .policy_name("default")
        .send()
        .await;
    assert_eq!(read.expect("a policy").policy(), Some(policy));
}

#[tokio::test]
async fn only_the_default_policy_is_there() {
    let client = client();
    let key = key(&client).await;
    let read = client
        .get_key_policy()
        .key_id(&key)
        .policy_name("other")
        .send()
        .await;
    let error = read.expect_err("refused").into_service_error();
    assert!(error.is_not_found_exception(), "{error:?}");
    assert_eq!(error.meta().message(), Some("No such policy exists"));
}
