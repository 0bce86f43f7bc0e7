// What a program does with the client before any edit: each field, each type, each call. `forge` is the client.

pub async fn make(client: &forge::Client) -> Result<forge::operation::make::MakeOutput, forge::Error> {
    let owner: forge::types::Owner = forge::types::Owner::builder().name("a smith").since(1999).build();
    let tag: forge::types::Tag = forge::types::Tag::builder().key("k").value("v").build()?;
    let _: (&str, Option<&str>) = (tag.key(), tag.value());
    let made = client
        .make()
        .name("horseshoe")
        .nickname("shoe")
        .weight(1)
        .secret("mark")
        .token("once")
        .tags(tag)
        .marks("k", "v")
        .names("one")
        .form(forge::types::Form::Square(owner))
        .metal(forge::types::Metal::Iron)
        .at(forge::primitives::DateTime::from_secs(0))
        .r#type("small");
    let input: &Option<String> = made.get_nickname();
    let _: Option<&str> = input.as_deref();
    Ok(made.send().await?)
}

pub fn made(output: &forge::operation::make::MakeOutput) {
    let _: Option<&str> = output.id();
    let _: Option<i32> = output.count();
    let _: Option<&forge::types::Piece> = output.piece();
}

pub fn piece(piece: &forge::types::Piece) -> Result<forge::types::Piece, forge::error::BuildError> {
    let _: &String = &piece.id;
    let _: i32 = piece.size;
    let _: Option<f64> = piece.price;
    let _: &Option<forge::primitives::DateTime> = &piece.made;
    let _: &Option<forge::types::Owner> = &piece.owner;
    let _: &[forge::types::Piece] = piece.parts();
    forge::types::Piece::builder().id("p").size(2).build()
}

pub fn owner(owner: &forge::types::Owner) {
    let _: (&Option<String>, &Option<i32>) = (&owner.name, &owner.since);
}

pub fn form(form: &forge::types::Form) -> Option<i32> {
    match form {
        forge::types::Form::Round(radius) => Some(*radius),
        forge::types::Form::Square(_) => form.as_square().ok()?.since(),
        forge::types::Form::None => form.is_none().then_some(0),
        _ => None,
    }
}

pub fn metal(metal: &forge::types::Metal) -> &str {
    match metal {
        forge::types::Metal::Iron => "iron",
        forge::types::Metal::Steel => "steel",
        other => other.as_str(),
    }
}

pub fn input(input: &forge::operation::make::MakeInput) {
    let _: &Option<std::collections::HashMap<String, String>> = &input.marks;
    let _: &Option<Vec<String>> = &input.names;
}

pub async fn list(client: &forge::Client) -> Result<Option<forge::types::Piece>, forge::Error> {
    let mut pages = client.list().limit(5).into_paginator().page_size(5_i32).send();
    let page: Option<forge::operation::list::ListOutput> = pages.next().await.transpose()?;
    let _: Option<&str> = page.as_ref().and_then(|page| page.next());
    let mut items = client.list().into_paginator().items().send();
    Ok(items.next().await.transpose()?)
}

pub async fn find(client: &forge::Client) -> Result<Vec<String>, String> {
    match client.find().name("nail").next("n").send().await {
        Ok(output) => Ok(output.names().to_vec()),
        Err(error) => match error.into_service_error() {
            error if error.is_lost() => Err("lost".to_owned()),
            forge::operation::find::FindError::Busy(busy) => Err(busy.message.unwrap_or_default()),
            other => Err(other.to_string()),
        },
    }
}

pub fn error(error: &forge::Error) -> Option<&str> {
    match error {
        forge::Error::Broken(broken) => {
            let _: &Option<String> = &broken.part;
            broken.message()
        }
        forge::Error::Lost(lost) => lost.message(),
        _ => None,
    }
}

pub async fn watch(client: &forge::Client) -> bool {
    let cold = forge::client::Waiters::wait_until_cold(client).id("f");
    cold.wait(std::time::Duration::from_secs(60)).await.is_ok()
}

pub async fn sweep(client: &forge::Client) -> bool {
    let _ = (forge::operation::make::Make::new(), forge::operation::sweep::Sweep::new());
    client.sweep().send().await.is_ok()
}

pub fn settings(tokens: forge::config::IdempotencyTokenProvider) -> forge::Config {
    let params = forge::config::endpoint::Params::builder().gate("north").yard("y").build();
    let _: Option<&str> = params.as_ref().ok().and_then(|params| params.gate());
    forge::Config::builder().yard("old").idempotency_token_provider(tokens).build()
}
