"""Reads DSO PUSH messages, one a line in hexadecimal digits, with dnspython, and prints their records.

Each record is a line: owner, TTL, class, type and RDATA, names as wire octets without compression, all in hexadecimal digits.
"""
import sys

import dns.rdata
import dns.wire

TLV_DATA = 16  # behind the header and the TLV's own

for line in sys.stdin:
    parser = dns.wire.Parser(bytes.fromhex(line), TLV_DATA)
    while parser.remaining() > 0:
        name = parser.get_name()
        rdtype, rdclass, ttl, length = parser.get_struct("!HHIH")
        rdata = b""
        if length > 0:
            with parser.restrict_to(length):
                rdata = dns.rdata.from_wire_parser(rdclass, rdtype, parser).to_wire()
        print(name.to_wire().hex(), ttl, rdclass, rdtype, rdata.hex())
