"""The loopback hosts, held against Python's own reading of addresses."""

from ipaddress import ip_address

from constructs_auth.facts.hosts import LOOPBACK_HOSTS


def test_each_address_is_a_loopback_address() -> None:
    addresses = {host for host in LOOPBACK_HOSTS if host != "localhost"}
    assert {ip_address(host).version for host in addresses} == {4, 6}
    assert all(ip_address(host).is_loopback for host in addresses)


def test_localhost_is_the_only_name() -> None:
    assert [host for host in LOOPBACK_HOSTS if host[-1].isalpha()] == ["localhost"]
