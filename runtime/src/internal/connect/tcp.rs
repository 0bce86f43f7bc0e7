//! TCP connections, over IPv6 and IPv4 alike.

use socket2::{SockRef, TcpKeepalive};
use std::future::{Future, poll_fn};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};

/// How long the family of addresses that comes first has before the other is tried too
/// ([RFC 8305](https://www.rfc-editor.org/rfc/rfc8305#section-5) names 250 ms).
const HEAD_START: Duration = Duration::from_millis(250);

/// The other end of a connection is asked whether it is still there after so long without a word, ...
const QUIET: Duration = Duration::from_secs(20);

/// ... again and again after so long, ...
#[cfg(any(
    target_vendor = "apple",
    target_os = "android",
    target_os = "freebsd",
    target_os = "linux",
    target_os = "windows"
))]
const AGAIN: Duration = Duration::from_secs(10);

/// ... and is gone, where the system can be told, when it has acknowledged nothing for so long.
#[cfg(any(target_os = "android", target_os = "linux"))]
const UNHEARD: Duration = Duration::from_secs(60);

/// Connects with the first address of a host that answers.
///
/// # Errors
///
/// When the name does not resolve, or no address answers.
pub(super) async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let stream = match host.parse::<IpAddr>() {
        Ok(address) => TcpStream::connect((address, port)).await?,
        Err(_) => {
            let addresses: Vec<_> = lookup_host((host, port)).await?.collect();
            connect_first(&addresses).await?
        }
    };
    // Requests are written whole; to wait for more of them only delays their end.
    stream.set_nodelay(true)?;
    notice_its_end(&SockRef::from(&stream));
    Ok(stream)
}

/// Has the system notice that the other end is gone without a word, as it is where a network is cut. Otherwise a call
/// without a time limit would wait for its answer for ever, and the next ones would be given a connection to nowhere. A
/// system that cannot be told so, as in some sandboxes, is no reason not to call.
fn notice_its_end(socket: &SockRef<'_>) {
    let keepalive = TcpKeepalive::new().with_time(QUIET);
    #[cfg(any(
        target_vendor = "apple",
        target_os = "android",
        target_os = "freebsd",
        target_os = "linux",
        target_os = "windows"
    ))]
    let keepalive = keepalive.with_interval(AGAIN);
    let _ = socket.set_tcp_keepalive(&keepalive);
    #[cfg(any(target_os = "android", target_os = "linux"))]
    let _ = socket.set_tcp_user_timeout(Some(UNHEARD));
}

/// Tries the addresses of the family that comes first one after another, and after a head start those of the other one too.
async fn connect_first(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut first = pin!(TcpStream::connect(&*first));
    if second.is_empty() {
        return first.await;
    }
    match tokio::time::timeout(HEAD_START, &mut first).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(_)) => TcpStream::connect(&*second).await,
        Err(_) => either(first, TcpStream::connect(&*second)).await,
    }
}

/// The one that succeeds first, or the error of the one that fails last.
async fn either<T>(
    first: impl Future<Output = io::Result<T>>,
    second: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut first_failed, mut second_failed) = (false, false);
    poll_fn(move |cx| {
        if !first_failed && let Poll::Ready(result) = first.as_mut().poll(cx) {
            if result.is_ok() || second_failed {
                return Poll::Ready(result);
            }
            first_failed = true;
        }
        if !second_failed && let Poll::Ready(result) = second.as_mut().poll(cx) {
            if result.is_ok() || first_failed {
                return Poll::Ready(result);
            }
            second_failed = true;
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_address_that_does_not_answer_holds_nobody_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let answers = listener.local_addr().expect("an address");
        // Reserved for documentation: it is refused at once or not answered at all.
        let silent: SocketAddr = "[2001:db8::1]:9".parse().expect("an address");
        let addresses = [silent, answers];
        let connecting = connect_first(&addresses);
        let stream = tokio::time::timeout(Duration::from_secs(5), connecting).await;
        let stream = stream.expect("in time").expect("a connection");
        assert_eq!(stream.peer_addr().expect("an address"), answers);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_system_is_told_to_notice_that_the_other_end_is_gone() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let stream = connect("127.0.0.1", port).await.expect("a connection");
        let socket = SockRef::from(&stream);
        assert!(socket.keepalive().expect("a setting"));
        assert_eq!(socket.tcp_keepalive_time().expect("a setting"), QUIET);
        assert_eq!(socket.tcp_keepalive_interval().expect("a setting"), AGAIN);
        assert_eq!(socket.tcp_user_timeout().expect("a setting"), Some(UNHEARD));
    }

    #[tokio::test]
    async fn the_last_error_is_told_and_a_late_success_counts() {
        let failed = || async { Err::<(), _>(io::Error::other("first")) };
        let late = |result: io::Result<()>| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            result
        };
        assert!(either(failed(), late(Ok(()))).await.is_ok());
        assert!(either(late(Ok(())), failed()).await.is_ok());
        let error = either(failed(), late(Err(io::Error::other("second")))).await;
        assert_eq!(error.expect_err("both failed").to_string(), "second");
        let error = either(late(Err(io::Error::other("second"))), failed()).await;
        assert_eq!(error.expect_err("both failed").to_string(), "second");
    }
}
