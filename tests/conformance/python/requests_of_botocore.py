"""Makes the requests that botocore makes, and sends none.

The first line of standard input is the settings of the client; each other line is an operation with its parameters and
the request of another client, and is answered by a line with botocore's request and with the `Authorization` that
botocore gives the other one.
"""

import base64
import datetime
import io
import json
import os
import sys

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.handlers
import botocore.session

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Client:
    def __init__(self, settings):
        now = EPOCH + datetime.timedelta(seconds=settings["now"])
        botocore.auth.get_current_datetime = lambda *_, **__: now
        # Nothing but the settings counts: no files, no variables.
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
        secrets = settings["access_key_id"], settings["secret_access_key"], settings["session_token"]
        self.client = botocore.session.Session().create_client(
            settings["service"],
            region_name=settings["region"],
            aws_access_key_id=secrets[0],
            aws_secret_access_key=secrets[1],
            aws_session_token=secrets[2],
            config=botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1}),
        )
        self.client.meta.events.register("before-send", self.keep)
        # A header that botocore adds to DescribeEndpoints of each service that has it; neither model nor protocol has it.
        added = botocore.handlers.inject_api_version_header_if_needed
        self.client.meta.events.unregister("before-call", added)
        credentials = botocore.credentials.Credentials(*secrets)
        self.signer = botocore.auth.SigV4Auth(credentials, settings["service"], settings["region"])
        self.sent = []

    def keep(self, request, **_):
        """Answers in place of the service."""
        self.sent.append(request)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Body(b"{}"))

    def request(self, operation, params):
        input_shape = self.client.meta.service_model.operation_model(operation).input_shape
        self.client._make_api_call(operation, native(params, input_shape))
        (sent,) = self.sent
        self.sent.clear()
        text = lambda value: value.decode() if isinstance(value, bytes) else value
        headers = {name: text(value) for name, value in sent.headers.items()}
        return {"method": sent.method, "url": sent.url, "headers": headers, "body": text(sent.body)}

    def authorization(self, method, url, headers, body):
        # botocore signs all that it is given, and the host, which it takes from the address.
        names = headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
        signed = {name: headers[name] for name in names if name != "host"}
        request = botocore.awsrequest.AWSRequest(method, url, signed, body.encode())
        self.signer.add_auth(request)
        return request.headers["Authorization"]


class Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def native(value, shape):
    """JSON as botocore takes it: bytes, dates and numbers that JSON has no signs for."""
    kind = shape.type_name
    if kind == "structure":
        return {name: native(inner, shape.members[name]) for name, inner in value.items()}
    if kind == "list":
        return [native(item, shape.member) for item in value]
    if kind == "map":
        return {key: native(inner, shape.value) for key, inner in value.items()}
    if kind == "blob":
        return base64.b64decode(value)
    if kind == "timestamp":
        return EPOCH + datetime.timedelta(milliseconds=round(value * 1000))
    if kind in ("float", "double"):
        return float(value)
    return value


def main():
    client = Client(json.loads(sys.stdin.readline()))
    print("{}", flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        operation, params = question.pop("operation"), question.pop("params")
        try:
            answer = client.request(operation, params)
            answer["authorization"] = client.authorization(**question)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
