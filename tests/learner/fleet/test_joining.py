# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import socket
import ssl
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from learner.errors import EnvironmentFault, UsageFault
from learner.fleet.joining import CERTIFICATE, KEY, NODE_KEY, JoinCode, fetch_certificate, invite, make_node_key


@contextmanager
def listening(folder: Path) -> Iterator[int]:
    """Answer TLS with the certificate in a folder, once for each who comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / CERTIFICATE, folder / KEY)
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def serve() -> None:
            while True:
                try:
                    connection, _ = plain.accept()
                    with context.wrap_socket(connection, server_side=True) as wrapped:
                        wrapped.recv(1)
                except OSError:
                    if plain.fileno() < 0:
                        return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield plain.getsockname()[1]
        plain.shutdown(socket.SHUT_RDWR) if sys.platform == "linux" else None
    thread.join(5)


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=5, max_size=5))
def test_a_code_is_read_as_it_was_written(fingerprint: bytes, secret: bytes) -> None:
    code = JoinCode(fingerprint, secret)
    assert JoinCode.read(str(code)) == code
    assert JoinCode.read(str(code).lower().replace("-", " ")) == code


@pytest.mark.parametrize("text", ["", "ABCD", "not a code at all", "ABCD-EFGH-IJKL-MNOP-QRST-UVW!", "ABCD-" * 7])
def test_what_is_no_code_is_a_usage_fault(text: str) -> None:
    with pytest.raises(UsageFault):
        JoinCode.read(text)


def test_who_joins_knows_whom(tmp_path: Path) -> None:
    code = invite(tmp_path, ["127.0.0.1"])
    with listening(tmp_path) as port:
        assert fetch_certificate("127.0.0.1", port, code) == (tmp_path / CERTIFICATE).read_text()


def test_somebody_else_at_the_same_address_is_not_joined(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.mkdir()
    theirs.mkdir()
    code = invite(mine, ["127.0.0.1"])
    invite(theirs, ["127.0.0.1"])
    with listening(theirs) as port, pytest.raises(EnvironmentFault, match="another laptop"):
        fetch_certificate("127.0.0.1", port, code)


def test_where_nobody_serves_there_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(EnvironmentFault, match="Nobody serves a fleet there"):
        fetch_certificate("127.0.0.1", port, invite(tmp_path, ["127.0.0.1"]))


@pytest.mark.parametrize("address", ["my-laptop.local", "fe80::1", "10.0.0.7"])
def test_a_fleet_may_be_at_a_name_or_an_address(tmp_path: Path, address: str) -> None:
    assert invite(tmp_path, [address])


def test_what_is_no_address_is_a_usage_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault):
        invite(tmp_path, ["Büro"])


def test_a_proof_takes_the_secret(tmp_path: Path) -> None:
    code = invite(tmp_path, ["127.0.0.1"])
    key = make_node_key(tmp_path)
    assert load_pem_public_key(key)
    assert code.proof(key) != JoinCode(code.fingerprint, b"wrong").proof(key)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_keys_are_their_owners_alone(tmp_path: Path) -> None:
    invite(tmp_path, ["127.0.0.1"])
    make_node_key(tmp_path)
    for name in (KEY, NODE_KEY):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
