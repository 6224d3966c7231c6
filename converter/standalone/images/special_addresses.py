"""The blocks of IP addresses that are not the public internet's, as IANA's registries have them (data, no code).

Sources: the "IPv4 Special-Purpose Address Registry" and the "IPv6 Special-Purpose Address Registry" (RFC 6890), and
the "IPv6 Multicast", "IPv4 Multicast" and "IPv6 Address Space" registries, with the entries that were in them in
2025 (the youngest is RFC 9780's).  All blocks are here, those that are globally reachable for a special purpose
(anycast for relays, AS112) too: no image is hosted there.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network

IPV4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, RFC 791
            "10.0.0.0/8",  # private use, RFC 1918
            "100.64.0.0/10",  # shared address space, RFC 6598
            "127.0.0.0/8",  # loopback, RFC 1122
            "169.254.0.0/16",  # link local, RFC 3927; metadata of clouds
            "172.16.0.0/12",  # private use, RFC 1918
            "192.0.0.0/24",  # IETF protocol assignments, RFC 6890
            "192.0.2.0/24",  # documentation, RFC 5737
            "192.31.196.0/24",  # AS112, RFC 7535
            "192.52.193.0/24",  # AMT, RFC 7450
            "192.88.99.0/24",  # relays of 6to4, deprecated, RFC 7526
            "192.168.0.0/16",  # private use, RFC 1918
            "192.175.48.0/24",  # AS112, RFC 7534
            "198.18.0.0/15",  # benchmarking, RFC 2544
            "198.51.100.0/24",  # documentation, RFC 5737
            "203.0.113.0/24",  # documentation, RFC 5737
            "224.0.0.0/4",  # multicast, RFC 5771
            "240.0.0.0/4",  # reserved, RFC 1112; limited broadcast
        ),
    )
)
"""Blocks of IPv4 that no request goes to."""

IPV6_UNICAST = IPv6Network("2000::/3")
"""The one block of IPv6 that public addresses are in (RFC 4291): so `fec0::/10` and all that is reserved are not."""

IPV6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # IETF protocol assignments, RFC 2928; Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation, RFC 3849
            "2002::/16",  # 6to4, RFC 3056: leads to any IPv4 address
            "2620:4f:8000::/48",  # AS112, RFC 7534
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)
"""Blocks of IPV6_UNICAST that no request goes to."""

NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses of IPv4 in IPv6 that a translator reaches (RFC 6052): what counts is the IPv4 address inside."""
