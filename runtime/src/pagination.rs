//! Calls an operation page after page, each with the token that the page before it gave
//! ([specification](https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait)).

pub use aws_smithy_async::future::pagination_stream::PaginationStream;

use aws_smithy_async::future::pagination_stream::TryFlatMap;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;

use crate::error::{BoxError, SdkError};
use crate::http::HttpResponse;
use crate::internal::{Handle, Operation, SettingsBuilder, send};

/// What one call gives.
type Page<O> = Result<<O as Operation>::Output, SdkError<<O as Operation>::Error, HttpResponse>>;

/// The pages of an operation whose token is a string, from the page that `input` asks for on.
///
/// `next` reads the token of the next page from an output, `set` puts it into the input, and `token_of` reads it there.
/// The stream ends after a page without a token, or with an empty one, and after the first error. A token that is the one
/// just used, which would give the same page for ever, ends the stream too when `stop_on_duplicate` is set, as it is by
/// default in the official clients; without it the stream goes on, for operations that follow something that grows.
///
/// Nothing is sent before the stream is asked for its first page, and then no page before it is asked for.
pub fn pages<O>(
    handle: Handle,
    overrides: Option<SettingsBuilder>,
    input: O::Input,
    next: fn(&O::Output) -> Option<&str>,
    set: fn(&mut O::Input, Option<String>),
    token_of: fn(&O::Input) -> Option<&str>,
    stop_on_duplicate: bool,
) -> PaginationStream<Page<O>>
where
    O: Operation<Input: Clone>,
{
    pages_with::<O>(handle, overrides, input, move |output, input| {
        let token = next(output).filter(|token| !token.is_empty());
        if token.is_none() || (stop_on_duplicate && token == token_of(input)) {
            return false;
        }
        set(input, token.map(str::to_owned));
        true
    })
}

/// The pages of an operation whose token can be anything.
///
/// `advance` gets each output and the input that led to it; it puts the token of the next page into the input, or returns
/// false when that was the last page.
pub fn pages_with<O>(
    handle: Handle,
    overrides: Option<SettingsBuilder>,
    mut input: O::Input,
    advance: impl Fn(&O::Output, &mut O::Input) -> bool + Send + 'static,
) -> PaginationStream<Page<O>>
where
    O: Operation<Input: Clone>,
{
    PaginationStream::new(FnStream::new(move |pages| {
        Box::pin(async move {
            loop {
                let page = send::<O>(&handle, overrides.as_ref(), Ok(input.clone())).await;
                let more = page
                    .as_ref()
                    .is_ok_and(|output| advance(output, &mut input));
                // Nobody waits for pages any more once the stream is dropped.
                if pages.send(page).await.is_err() || !more {
                    return;
                }
            }
        })
    }))
}

/// A stream of nothing but an error: for an input that could not be built.
pub fn failed<T, E>(
    error: impl Into<BoxError>,
) -> PaginationStream<Result<T, SdkError<E, HttpResponse>>>
where
    T: Send + 'static,
    E: Send + 'static,
{
    let error = error.into();
    PaginationStream::new(FnStream::new(move |pages| {
        Box::pin(async move {
            // The stream may have been dropped; then nobody asks for the error either.
            let _ = pages.send(Err(SdkError::construction_failure(error))).await;
        })
    }))
}

/// The items of pages, one by one; `items_of` takes them out of a page. After an error the stream ends.
pub fn items<P, T, E>(
    pages: PaginationStream<Result<P, E>>,
    items_of: fn(P) -> Vec<T>,
) -> PaginationStream<Result<T, E>>
where
    P: Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    TryFlatMap::new(pages).flat_map(items_of)
}
