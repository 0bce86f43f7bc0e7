"""boto3 drives the custom key store service of tests/service, so that the service is not merely what our client expects.

    python custom_key_stores.py [--service PATH] [NAME ...]

--service is the program custom_key_store_service; without it, cargo builds and runs it. Names choose cases by part of
their name. Prints a line for each case that fails and then 'N passed, M failed'; exits 0 only when none failed.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys
import time
import traceback

import boto3
import botocore
import botocore.config
import botocore.exceptions

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
CARGO_RUN = ["cargo", "run", "--quiet", "--package", "farrier-test-service", "--bin", "custom_key_store_service", "--"]
REGION = "eu-central-1"
CONNECT_MS, DISCONNECT_MS = 60, 40
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
CASES = []


class Service:
    """The service as a child process; it ends when its standard input is closed."""

    command = CARGO_RUN

    def __init__(self, *flags):
        command = [*self.command, "--region", REGION, *flags]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the service did not start: exit code {self.process.wait()}")
        self.facts = json.loads(line)

    def tell(self, **command):
        """Gives the service a command on its standard input; see its source for the list."""
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def client(self, config=None, **changes):
        """A client without retries and without checks of its own, so that each request is seen by the service."""
        settings = {
            "region_name": REGION,
            "endpoint_url": self.facts["endpoint_url"],
            "aws_access_key_id": self.facts["access_key_id"],
            "aws_secret_access_key": self.facts["secret_access_key"],
            "aws_session_token": self.facts["session_token"],
            **changes,
        }
        plain = {"retries": {"total_max_attempts": 1}, "parameter_validation": False}
        return boto3.client("kms", config=botocore.config.Config(**{**plain, **(config or {})}), **settings)

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=10)
        self.process.stdout.close()
        assert code == 0, f"the service ended with {code}"


def case(*flags):
    """Marks a function as a case; it gets a fresh service, started with the flags, and a client of it."""

    def mark(function):
        CASES.append((function, flags))
        return function

    return mark


@contextlib.contextmanager
def refused(client, name, status=400):
    """The call inside must raise the client's exception class of that name."""
    exception = getattr(client.exceptions, name)
    try:
        yield
    except exception as error:
        assert type(error) is exception, type(error)
        assert error.response["Error"]["Message"], "the error has no message"
        metadata = error.response["ResponseMetadata"]
        assert (metadata["HTTPStatusCode"], bool(metadata["RequestId"])) == (status, True), metadata
    else:
        raise AssertionError(f"{name} was not raised")


@contextlib.contextmanager
def coded(code, part=""):
    """The call inside must raise an error that the model does not have, told by its code."""
    try:
        yield
    except botocore.exceptions.ClientError as error:
        assert type(error) is botocore.exceptions.ClientError, type(error)
        assert error.response["Error"]["Code"] == code, error
        assert part in error.response["Error"]["Message"], error
    else:
        raise AssertionError(f"{code} was not raised")


def cluster_id(tag):
    return f"cluster-{tag:a<11}"


def vpc_service(tag):
    return f"com.amazonaws.vpce.{REGION}.vpce-svc-{tag}"


def credential(letter="A"):
    return {"AccessKeyId": letter * 20, "RawSecretAccessKey": "s" * 43}


def cloud_hsm(tag, **changes):
    return {
        "CustomKeyStoreName": f"hsm-{tag}",
        "CloudHsmClusterId": cluster_id(tag),
        "TrustAnchorCertificate": CERTIFICATE,
        "KeyStorePassword": "kmsPswd",
        **changes,
    }


def external(tag, **changes):
    return {
        "CustomKeyStoreName": f"xks-{tag}",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyUriEndpoint": f"https://{tag}.example.com",
        "XksProxyUriPath": "/example/kms/xks/v1",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyAuthenticationCredential": credential(),
        **changes,
    }


def external_in_vpc(tag, **changes):
    connectivity = {"XksProxyConnectivity": "VPC_ENDPOINT_SERVICE", "XksProxyVpcEndpointServiceName": vpc_service(tag)}
    return external(tag, **{**connectivity, **changes})


def create(client, members):
    return client.create_custom_key_store(**members)["CustomKeyStoreId"]


def entry(client, store):
    (found,) = client.describe_custom_key_stores(CustomKeyStoreId=store)["CustomKeyStores"]
    return found


def poll(client, store, passing, end):
    """Describes until the state changes, which it must, from `passing` to `end`."""
    deadline = time.monotonic() + 10
    while (found := entry(client, store))["ConnectionState"] == passing:
        assert time.monotonic() < deadline, f"still {passing}"
        time.sleep(0.01)
    assert found["ConnectionState"] == end, found
    return found


def connect(client, store, end="CONNECTED"):
    client.connect_custom_key_store(CustomKeyStoreId=store)
    return poll(client, store, "CONNECTING", end)


def disconnect(client, store):
    client.disconnect_custom_key_store(CustomKeyStoreId=store)
    return poll(client, store, "DISCONNECTING", "DISCONNECTED")


def empty(output):
    """Whether an answer is `{}` but for what botocore adds."""
    return set(output) == {"ResponseMetadata"}


def whole_life(client, store, change, changed):
    """Connects, disconnects, updates and deletes a store; `changed` finds in a describe entry what `change` made."""
    states = [entry(client, store)["ConnectionState"]]
    started = time.monotonic()
    assert empty(client.connect_custom_key_store(CustomKeyStoreId=store))
    states.append(entry(client, store)["ConnectionState"])
    states.append(poll(client, store, "CONNECTING", "CONNECTED")["ConnectionState"])
    assert time.monotonic() - started >= CONNECT_MS / 1000, "connected too soon"
    assert empty(client.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName="renamed"))
    assert entry(client, store)["CustomKeyStoreName"] == "renamed"
    with refused(client, "CustomKeyStoreInvalidStateException"):
        client.update_custom_key_store(CustomKeyStoreId=store, **change)
    with refused(client, "CustomKeyStoreInvalidStateException"):
        client.delete_custom_key_store(CustomKeyStoreId=store)
    started = time.monotonic()
    assert empty(client.disconnect_custom_key_store(CustomKeyStoreId=store))
    states.append(entry(client, store)["ConnectionState"])
    states.append(poll(client, store, "DISCONNECTING", "DISCONNECTED")["ConnectionState"])
    assert time.monotonic() - started >= DISCONNECT_MS / 1000, "disconnected too soon"
    assert empty(client.update_custom_key_store(CustomKeyStoreId=store, **change))
    changed(entry(client, store))
    assert empty(client.delete_custom_key_store(CustomKeyStoreId=store))
    assert client.describe_custom_key_stores()["CustomKeyStores"] == []
    assert states == ["DISCONNECTED", "CONNECTING", "CONNECTED", "DISCONNECTING", "DISCONNECTED"], states


@case()
def whole_life_of_a_cloud_hsm_store(service, client):
    store = create(client, cloud_hsm("a"))
    found = entry(client, store)
    created = found.pop("CreationDate")
    assert abs(created.timestamp() - time.time()) < 60, created
    assert found == {
        "CustomKeyStoreId": store,
        "CustomKeyStoreName": "hsm-a",
        "CustomKeyStoreType": "AWS_CLOUDHSM",
        "CloudHsmClusterId": cluster_id("a"),
        "TrustAnchorCertificate": CERTIFICATE,
        "ConnectionState": "DISCONNECTED",
    }, found

    def changed(found):
        assert found["CloudHsmClusterId"] == cluster_id("b"), found

    whole_life(client, store, {"CloudHsmClusterId": cluster_id("b"), "KeyStorePassword": "another"}, changed)


@case()
def whole_life_of_an_external_store(service, client):
    store = create(client, external("a"))
    found = entry(client, store)
    assert (found["CustomKeyStoreType"], "CloudHsmClusterId" in found) == ("EXTERNAL_KEY_STORE", False)
    assert found["XksProxyConfiguration"] == {
        "Connectivity": "PUBLIC_ENDPOINT",
        "AccessKeyId": "A" * 20,
        "UriEndpoint": "https://a.example.com",
        "UriPath": "/example/kms/xks/v1",
    }, found

    def changed(found):
        assert found["XksProxyConfiguration"]["UriEndpoint"] == "https://b.example.com", found

    whole_life(client, store, {"XksProxyUriEndpoint": "https://b.example.com"}, changed)


@case()
def whole_life_of_an_external_store_in_a_vpc(service, client):
    store = create(client, external_in_vpc("a", XksProxyVpcEndpointServiceOwner="444455556666"))

    def changed(found):
        proxy = found["XksProxyConfiguration"]
        assert (proxy["VpcEndpointServiceName"], proxy["VpcEndpointServiceOwner"]) == (vpc_service("b"), "444455556666")

    whole_life(client, store, {"XksProxyVpcEndpointServiceName": vpc_service("b")}, changed)


@case()
def credential_and_path_change_while_connected(service, client):
    store = create(client, external("a"))
    connect(client, store)
    client.update_custom_key_store(
        CustomKeyStoreId=store, XksProxyUriPath="/kms/xks/v1", XksProxyAuthenticationCredential=credential("B")
    )
    proxy = entry(client, store)["XksProxyConfiguration"]
    assert (proxy["UriPath"], proxy["AccessKeyId"]) == ("/kms/xks/v1", "B" * 20)


@case()
def describe_by_id_and_by_name(service, client):
    first, second = create(client, cloud_hsm("a")), create(client, external("b"))
    for members, store in [({"CustomKeyStoreId": first}, first), ({"CustomKeyStoreName": "xks-b"}, second)]:
        page = client.describe_custom_key_stores(**members)
        assert ([found["CustomKeyStoreId"] for found in page["CustomKeyStores"]], page["Truncated"]) == ([store], False)
    for members in [{"CustomKeyStoreId": "cks-0"}, {"CustomKeyStoreName": "nobody"}]:
        with refused(client, "CustomKeyStoreNotFoundException"):
            client.describe_custom_key_stores(**members)
    with coded("ValidationException"):
        client.describe_custom_key_stores(CustomKeyStoreId=first, CustomKeyStoreName="hsm-a")


@case("--max-key-stores", "25")
def describe_in_pages(service, client):
    stores = [create(client, cloud_hsm(chr(97 + number))) for number in range(23)]
    paginator = client.get_paginator("describe_custom_key_stores")
    for size, counts in [(10, [10, 10, 3]), (23, [23]), (None, [23])]:
        pages = list(paginator.paginate(PaginationConfig={"PageSize": size}))
        assert [len(page["CustomKeyStores"]) for page in pages] == counts, size
        assert [page["Truncated"] for page in pages] == [True] * (len(counts) - 1) + [False]
        found = [found["CustomKeyStoreId"] for page in pages for found in page["CustomKeyStores"]]
        assert found == stores
    with refused(client, "InvalidMarkerException"):
        client.describe_custom_key_stores(Marker="not one of yours")


@case("--exponent-dates")
def dates_with_an_exponent(service, client):
    store = create(client, cloud_hsm("a"))
    assert abs(entry(client, store)["CreationDate"].timestamp() - time.time()) < 60


@case()
def states_that_refuse(service, client):
    store = create(client, cloud_hsm("a"))
    named = {"CustomKeyStoreId": store}
    with refused(client, "CustomKeyStoreInvalidStateException"):
        client.disconnect_custom_key_store(**named)
    service.tell(fail_next_connect="USER_LOCKED_OUT")
    found = connect(client, store, "FAILED")
    assert found["ConnectionErrorCode"] == "USER_LOCKED_OUT", found
    for call in [client.connect_custom_key_store, client.delete_custom_key_store]:
        with refused(client, "CustomKeyStoreInvalidStateException"):
            call(**named)
    client.disconnect_custom_key_store(**named)
    for call in [client.connect_custom_key_store, client.disconnect_custom_key_store, client.delete_custom_key_store]:
        with refused(client, "CustomKeyStoreInvalidStateException"):
            call(**named)
    found = poll(client, store, "DISCONNECTING", "DISCONNECTED")
    assert "ConnectionErrorCode" not in found, found
    connect(client, store)
    client.connect_custom_key_store(**named)
    client.connect_custom_key_store(**named)
    poll(client, store, "CONNECTING", "CONNECTED")


@case()
def stores_that_do_not_exist(service, client):
    for call in ["connect", "disconnect", "delete", "update"]:
        with refused(client, "CustomKeyStoreNotFoundException"):
            getattr(client, f"{call}_custom_key_store")(CustomKeyStoreId="cks-1234567890abcdef0")


@case("--max-key-stores", "2")
def names_keys_and_quota(service, client):
    store = create(client, cloud_hsm("a"))
    with refused(client, "CustomKeyStoreNameInUseException"):
        create(client, external("b", CustomKeyStoreName="hsm-a"))
    create(client, external("b"))
    with refused(client, "CustomKeyStoreNameInUseException"):
        client.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName="xks-b")
    with refused(client, "LimitExceededException"):
        create(client, cloud_hsm("c"))
    service.tell(set_keys={"store": store, "count": 1})
    with refused(client, "CustomKeyStoreHasCMKsException"):
        client.delete_custom_key_store(CustomKeyStoreId=store)
    service.tell(set_keys={"store": store, "count": 0})
    client.delete_custom_key_store(CustomKeyStoreId=store)


@case()
def clusters(service, client):
    for tag, condition in [("x", "NotFound"), ("y", "NotActive"), ("z", "InvalidConfiguration")]:
        service.tell(cluster={"id": cluster_id(tag), "condition": condition})
    store = create(client, cloud_hsm("a"))
    for tag, error in [
        ("x", "CloudHsmClusterNotFoundException"),
        ("y", "CloudHsmClusterNotActiveException"),
        ("z", "CloudHsmClusterInvalidConfigurationException"),
    ]:
        with refused(client, error):
            create(client, cloud_hsm(tag))
        with refused(client, error):
            client.update_custom_key_store(CustomKeyStoreId=store, CloudHsmClusterId=cluster_id(tag))
    with refused(client, "CloudHsmClusterInUseException"):
        create(client, cloud_hsm("a", CustomKeyStoreName="other"))
    service.tell(cluster={"id": cluster_id("b"), "certificate": "another"})
    with refused(client, "IncorrectTrustAnchorException"):
        create(client, cloud_hsm("b"))
    with refused(client, "CloudHsmClusterNotRelatedException"):
        client.update_custom_key_store(CustomKeyStoreId=store, CloudHsmClusterId=cluster_id("b"))
    for condition in ["NotActive", "InvalidConfiguration"]:
        service.tell(cluster={"id": cluster_id("a"), "condition": condition})
        with refused(client, f"CloudHsmCluster{condition}Exception"):
            client.connect_custom_key_store(CustomKeyStoreId=store)
    service.tell(cluster={"id": cluster_id("a"), "condition": "NotFound"})
    assert connect(client, store, "FAILED")["ConnectionErrorCode"] == "CLUSTER_NOT_FOUND"


@case()
def proxies(service, client):
    service.tell(proxy={"endpoint": "https://u.example.com", "condition": "Unreachable"})
    service.tell(proxy={"endpoint": "https://r.example.com", "condition": "InvalidResponse"})
    service.tell(proxy={"endpoint": "https://c.example.com", "condition": "InvalidConfiguration"})
    service.tell(proxy={"endpoint": "https://k.example.com", "access_key_id": "K" * 20, "secret": "k" * 43})
    store = create(client, external("a"))
    for tag, error, code in [
        ("u", "XksProxyUriUnreachableException", "XKS_PROXY_NOT_REACHABLE"),
        ("r", "XksProxyInvalidResponseException", "XKS_PROXY_INVALID_RESPONSE"),
        ("c", "XksProxyInvalidConfigurationException", "XKS_PROXY_INVALID_CONFIGURATION"),
        ("k", "XksProxyIncorrectAuthenticationCredentialException", "INVALID_CREDENTIALS"),
    ]:
        with refused(client, error):
            create(client, external(tag))
        with refused(client, error):
            client.update_custom_key_store(CustomKeyStoreId=store, XksProxyUriEndpoint=f"https://{tag}.example.com")
        in_vpc = create(client, external_in_vpc(tag))
        assert connect(client, in_vpc, "FAILED")["ConnectionErrorCode"] == code


@case()
def addresses_in_use(service, client):
    create(client, external("a"))
    create(client, external_in_vpc("b"))
    store = create(client, external_in_vpc("c"))
    with refused(client, "XksProxyUriInUseException"):
        create(client, external("a", CustomKeyStoreName="other"))
    with refused(client, "XksProxyUriEndpointInUseException"):
        create(client, external_in_vpc("d", XksProxyUriEndpoint="https://b.example.com", XksProxyUriPath="/kms/xks/v1"))
    with refused(client, "XksProxyVpcEndpointServiceInUseException"):
        create(client, external_in_vpc("d", XksProxyVpcEndpointServiceName=vpc_service("b")))
    for change, error in [
        ({"XksProxyUriEndpoint": "https://b.example.com"}, "XksProxyUriInUseException"),
        (
            {"XksProxyUriEndpoint": "https://b.example.com", "XksProxyUriPath": "/kms/xks/v1"},
            "XksProxyUriEndpointInUseException",
        ),
        ({"XksProxyVpcEndpointServiceName": vpc_service("b")}, "XksProxyVpcEndpointServiceInUseException"),
    ]:
        with refused(client, error):
            client.update_custom_key_store(CustomKeyStoreId=store, **change)


@case()
def vpc_endpoint_services(service, client):
    service.tell(vpc_endpoint_service={"name": vpc_service("x"), "condition": "NotFound"})
    service.tell(vpc_endpoint_service={"name": vpc_service("y"), "condition": "InvalidConfiguration"})
    store = create(client, external_in_vpc("a"))
    for tag, condition in [("x", "NotFound"), ("y", "InvalidConfiguration")]:
        error = f"XksProxyVpcEndpointService{condition}Exception"
        with refused(client, error):
            create(client, external_in_vpc(tag))
        with refused(client, error):
            client.update_custom_key_store(
                CustomKeyStoreId=store, XksProxyVpcEndpointServiceName=vpc_service(tag)
            )


@case()
def malformed_input(service, client):
    for members, part in [
        ({"CustomKeyStoreName": ""}, "customKeyStoreName"),
        ({"CustomKeyStoreName": None}, "Member must not be null"),
        ({"CloudHsmClusterId": "cluster-1"}, "2 validation errors detected"),
        ({"KeyStorePassword": "short"}, "Value at 'keyStorePassword'"),
        ({"CustomKeyStoreType": "PAPER"}, "enum value set"),
        ({"XksProxyUriPath": "/kms/xks/v1"}, "XksProxyUriPath"),
    ]:
        given = {name: value for name, value in cloud_hsm("a", **members).items() if value is not None}
        with coded("ValidationException", part):
            create(client, given)
    with coded("ValidationException", "XksProxyConnectivity is required"):
        given = external("a")
        del given["XksProxyConnectivity"]
        create(client, given)
    with coded("ValidationException", "limit"):
        client.describe_custom_key_stores(Limit=1001)
    with coded("SerializationException"):
        client.connect_custom_key_store(CustomKeyStoreId=7)
    with coded("UnknownOperationException"):
        client.list_keys()


@case("--session-token", "the-token")
def signatures(service, client):
    client.describe_custom_key_stores()
    with coded("InvalidSignatureException", "does not match"):
        service.client(aws_secret_access_key="wrong").describe_custom_key_stores()
    with coded("InvalidSignatureException", "region"):
        service.client(region_name="eu-west-1").describe_custom_key_stores()
    with coded("UnrecognizedClientException"):
        service.client(aws_access_key_id="AKIDUNKNOWN").describe_custom_key_stores()
    for token in [None, "an-old-token"]:
        with coded("UnrecognizedClientException"):
            service.client(aws_session_token=token).describe_custom_key_stores()
    unsigned = service.client(config={"signature_version": botocore.UNSIGNED})
    with coded("MissingAuthenticationTokenException"):
        unsigned.describe_custom_key_stores()


@case()
def faults_and_retries(service, client):
    internal = {"status": 500, "code": "KMSInternalException", "message": "once more"}
    service.tell(fault=internal)
    with refused(client, "KMSInternalException", status=500):
        client.describe_custom_key_stores()
    patient = service.client(config={"retries": {"mode": "standard", "total_max_attempts": 4}})
    service.tell(fault=internal)
    service.tell(fault={"status": 400, "code": "ThrottlingException", "message": "slowly"})
    service.tell(fault={"drop": True})
    output = patient.describe_custom_key_stores()
    assert output["ResponseMetadata"]["RetryAttempts"] == 3, output


@case()
def connections_are_reused(service, client):
    for _ in range(5):
        client.describe_custom_key_stores()
    counts = service.tell(counts={})
    assert (counts["requests"], counts["connections"]) == (5, 1), counts


def run(function, flags):
    """Runs one case with a service of its own; returns what went wrong, or nothing."""
    delays = ["--connect-delay-ms", str(CONNECT_MS), "--disconnect-delay-ms", str(DISCONNECT_MS)]
    try:
        with contextlib.closing(Service(*delays, *flags)) as service:
            function(service, service.client())
    except Exception:
        return traceback.format_exc()
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--service", metavar="PATH", type=pathlib.Path)
    parser.add_argument("names", metavar="NAME", nargs="*")
    options = parser.parse_args()
    if options.service:
        Service.command = [str(options.service.resolve())]
    chosen = [(f, flags) for f, flags in CASES if not options.names or any(n in f.__name__ for n in options.names)]
    failures = 0
    for function, flags in chosen:
        if problem := run(function, flags):
            failures += 1
            print(f"FAILED {function.__name__}\n{problem}")
    print(f"{len(chosen) - failures} passed, {failures} failed")
    # A choice that no case fits is a mistake, not a success.
    return 1 if failures or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
