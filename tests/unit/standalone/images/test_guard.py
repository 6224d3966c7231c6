"""Addresses that requests may go to."""

from __future__ import annotations

import pytest

from converter.standalone.images.guard import is_public

PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 198.18.0.1 224.0.0.1
255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fd00:ec2::254 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1
2002:7f00:1:: 2001:db8::1 2002:101:101:: 192.88.99.1 192.0.0.9 240.0.0.1 fec0::1 3fff::1 5f00::1 100::1 100:0:0:1::1
2001:2::1 4000::1 ::1.1.1.1 64:ff9b:1::1
name""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "47.95.164.112", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)
