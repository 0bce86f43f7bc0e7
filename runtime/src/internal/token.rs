//! Idempotency tokens: by which a service knows that two requests are the same one.

use crate::internal::{Handle, SettingsBuilder, headers};
use std::sync::Arc;

/// Makes the tokens of requests whose caller sets none. Default: random ones.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyTokenProvider(Kind);

#[derive(Clone, Debug, Default)]
enum Kind {
    #[default]
    Random,
    Fixed(Arc<str>),
}

impl IdempotencyTokenProvider {
    /// A random UUID for each request.
    pub fn random() -> Self {
        Self(Kind::Random)
    }

    /// The same token for all requests, as tests want it.
    pub fn fixed(token: &'static str) -> Self {
        Self(Kind::Fixed(token.into()))
    }

    /// Makes a token.
    pub fn make_idempotency_token(&self) -> String {
        match &self.0 {
            Kind::Random => headers::uuid(),
            Kind::Fixed(token) => (**token).to_owned(),
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

/// A token for a request, as the settings of the call or else of the client say.
pub(super) fn token(client: &Handle, overrides: Option<&SettingsBuilder>) -> String {
    let of_call = overrides.and_then(|over| over.0.idempotency_token_provider.as_ref());
    let provider = of_call.or(client.settings().idempotency_token_provider());
    match provider {
        Some(provider) => provider.make_idempotency_token(),
        None => headers::uuid(),
    }
}

#[cfg(test)]
mod tests {
    use super::IdempotencyTokenProvider;

    #[test]
    fn tokens_are_random_or_fixed() {
        let random = IdempotencyTokenProvider::random();
        assert_ne!(
            random.make_idempotency_token(),
            random.make_idempotency_token()
        );
        let fixed = IdempotencyTokenProvider::from("t");
        assert_eq!(fixed.make_idempotency_token(), "t");
    }
}
