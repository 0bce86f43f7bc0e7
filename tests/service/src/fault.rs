//! Faults that a test asks for: errors, throttling, late answers, broken connections.

use serde_json::json;
use std::time::Duration;

/// Something that goes wrong with the next request, or with several.
///
/// Faults are taken in the order they were injected; each is used up by as many requests as [`times`](Self::times) says.
/// A request that meets a fault is recorded like any other.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) action: Action,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) delay: Duration,
    operation: Option<String>,
    times: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Serve the request as usual.
    Serve,
    /// Answer this instead, and do nothing.
    Answer { status: u16, body: Vec<u8> },
    /// Do nothing, and close the connection without an answer.
    Drop,
    /// Do what was asked, then close the connection without an answer.
    Lose,
    /// Do what was asked, then close the connection in the middle of the answer's body.
    Cut,
}

impl Fault {
    /// Answers `status` with an empty body, without doing what was asked.
    pub fn answer(status: u16) -> Self {
        Self::new(Action::Answer {
            status,
            body: Vec::new(),
        })
    }

    /// Answers `status` with the error `code`, as `{"__type": code, "message": message}`.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::answer(status).body(json!({ "__type": code, "message": message }).to_string())
    }

    /// Answers as KMS does when it is called too often: `ThrottlingException`, status 400.
    pub fn throttle() -> Self {
        Self::error(
            400,
            "ThrottlingException",
            "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
        )
    }

    /// Closes the connection without an answer and without doing what was asked.
    pub fn drop_connection() -> Self {
        Self::new(Action::Drop)
    }

    /// Does what was asked, then closes the connection: the caller cannot know whether it was done.
    pub fn lose_answer() -> Self {
        Self::new(Action::Lose)
    }

    /// Does what was asked, sends the head and half of the body, then closes the connection.
    pub fn cut_answer() -> Self {
        Self::new(Action::Cut)
    }

    /// Does what was asked at once, and answers only after `delay`.
    pub fn delay_answer(delay: Duration) -> Self {
        Self::new(Action::Serve).delay(delay)
    }

    /// Serves the request; with [`header`](Self::header) this adds headers to true answers, such as `connection: close`.
    pub fn serve() -> Self {
        Self::new(Action::Serve)
    }

    fn new(action: Action) -> Self {
        Self {
            action,
            headers: Vec::new(),
            delay: Duration::ZERO,
            operation: None,
            times: 1,
        }
    }

    /// The body of an answer made with [`answer`](Self::answer); no effect on other faults. Default: empty.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        if let Action::Answer { body, .. } = &mut self.action {
            *body = bytes.into();
        }
        self
    }

    /// Sets a header of the answer, in place of the service's own of that name. Default: none.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// How long to wait before answering, or before closing the connection. Default: not at all.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Only requests for this operation, such as `DescribeCustomKeyStores`, meet the fault. Default: any request.
    #[must_use]
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// How many requests meet the fault. Default: 1.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }
}

/// The faults still to come.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push(fault);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The first fault meant for a request for `operation`, one use of it spent.
    pub(crate) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let meant =
            |fault: &Fault| fault.operation.is_none() || fault.operation.as_deref() == operation;
        let index = self.0.iter().position(meant)?;
        self.0[index].times -= 1;
        if self.0[index].times == 0 {
            Some(self.0.remove(index))
        } else {
            Some(self.0[index].clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_used_up_in_order_and_by_operation() {
        let mut faults = Faults::default();
        faults.inject(Fault::answer(503).times(2).on("ConnectCustomKeyStore"));
        faults.inject(Fault::answer(500));
        faults.inject(Fault::answer(502).times(0));
        let mut status = |operation| match faults.take(operation).map(|fault| fault.action) {
            Some(Action::Answer { status, .. }) => status,
            _ => 200,
        };
        assert_eq!(status(Some("ConnectCustomKeyStore")), 503);
        assert_eq!(status(None), 500);
        assert_eq!(status(Some("DeleteCustomKeyStore")), 200);
        assert_eq!(status(Some("ConnectCustomKeyStore")), 503);
        assert_eq!(status(Some("ConnectCustomKeyStore")), 200);
    }
}
