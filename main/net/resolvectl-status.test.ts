import { expect, test } from 'vitest';
import { writtenEndpoint } from './endpoint.ts';
import { parseResolvectl } from './resolvectl-status.ts';

function parsed(text: string) {
  const list = parseResolvectl(text);
  if (list === undefined || list === 'over-tls') return list;
  const { servers, searchDomains, routes } = list;
  return {
    servers: servers.map(writtenEndpoint),
    search: searchDomains.map(String),
    routes: routes.map((route) => `${String(route.domain)} ${route.servers.map(writtenEndpoint).join(' ')}`),
  };
}

/** What others have published, shortened, with where it stands. */
test.each<readonly [string, string, ReturnType<typeof parsed>]>([
  [
    'systemd 247, one network and links without servers (systemd/systemd#18855)',
    `Global
       Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported
resolv.conf mode: stub

Link 2 (enp0s31f6)
Current Scopes: none
     Protocols: -DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported

Link 5 (wlp4s0)
    Current Scopes: DNS LLMNR/IPv4 LLMNR/IPv6
         Protocols: +DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported
Current DNS Server: 192.168.1.1
       DNS Servers: 192.168.1.1 fdb8:7b34:b3d9::1
        DNS Domain: lan

Link 9 (docker0)
Current Scopes: none
     Protocols: -DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported
`,
    { servers: ['192.168.1.1:53', '[fdb8:7b34:b3d9::1]:53'], search: ['lan.'], routes: [] },
  ],
  [
    'systemd 245, lists over several lines, and two networks for all names (an Ubuntu 20.04 on a Raspberry Pi)',
    `Global
       LLMNR setting: no
MulticastDNS setting: no
  DNSOverTLS setting: no
      DNSSEC setting: no
    DNSSEC supported: no
          DNSSEC NTA: 10.in-addr.arpa
                      corp
                      d.f.ip6.arpa
                      test

Link 3 (wlan0)
      Current Scopes: DNS
DefaultRoute setting: yes
       LLMNR setting: yes
MulticastDNS setting: no
  DNSOverTLS setting: no
  Current DNS Server: 8.8.4.4
         DNS Servers: 192.168.0.1
                      8.8.8.8
                      8.8.4.4
          DNS Domain: ~.

Link 2 (eth0)
      Current Scopes: DNS
DefaultRoute setting: yes
  DNSOverTLS setting: no
  Current DNS Server: 218.219.82.240
         DNS Servers: 218.219.82.240
                      220.208.109.240
          DNS Domain: ~.
                      hachi1.kt.home.ne.jp
`,
    {
      servers: ['192.168.0.1:53', '8.8.8.8:53', '8.8.4.4:53', '218.219.82.240:53', '220.208.109.240:53'],
      search: ['hachi1.kt.home.ne.jp.'],
      routes: ['hachi1.kt.home.ne.jp. 218.219.82.240:53 220.208.109.240:53'],
    },
  ],
  [
    'Consul on a port of its own for one domain, and lists without colons (a note on systemd 252)',
    `Global
          Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported
   resolv.conf mode: stub
         DNS Servers 1.1.1.1 1.0.0.1
Fallback DNS Servers 8.8.8.8 8.8.4.4

Link 2 (ens33)
Current Scopes: DNS LLMNR/IPv4
     Protocols: -DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported
   DNS Servers: 127.0.0.1:8600
    DNS Domain: ~consul
`,
    { servers: ['1.1.1.1:53', '1.0.0.1:53'], search: [], routes: ['consul. 127.0.0.1:8600'] },
  ],
  [
    'a link-local resolver without its link (systemd/systemd#37214)',
    `Global
         Protocols: LLMNR=resolve -mDNS -DNSOverTLS DNSSEC=no/unsupported
  resolv.conf mode: stub

Link 2 (enp34s0)
    Current Scopes: DNS LLMNR/IPv4 LLMNR/IPv6
         Protocols: +DefaultRoute LLMNR=resolve -mDNS -DNSOverTLS DNSSEC=no/unsupported
Current DNS Server: fe80::861e:a3ff:feb1:f8e7
       DNS Servers: 192.168.1.12 192.168.1.13 fe80::861e:a3ff:feb1:f8e7
        DNS Domain: lan
`,
    {
      servers: ['192.168.1.12:53', '192.168.1.13:53', '[fe80::861e:a3ff:feb1:f8e7%enp34s0]:53'],
      search: ['lan.'],
      routes: [],
    },
  ],
  [
    'the same with the number of its link, which sockets do not know (systemd/systemd#40595)',
    `Link 2 (enp34s0)
     Current Scopes: DNS LLMNR/IPv4 LLMNR/IPv6
          Protocols: +DefaultRoute LLMNR=resolve -mDNS -DNSOverTLS DNSSEC=no/unsupported
 Current DNS Server: fe80::861e:a3ff:feb1:f8e7%2
        DNS Servers: 192.168.1.12 fe80::861e:a3ff:feb1:f8e7%2
         DNS Domain: lan
`,
    { servers: ['192.168.1.12:53', '[fe80::861e:a3ff:feb1:f8e7%enp34s0]:53'], search: ['lan.'], routes: [] },
  ],
  [
    'a VPN for all names, before systemd told of default routes (a note on Ubuntu 18.04)',
    `Link 10 (tun0)
      Current Scopes: DNS
       LLMNR setting: yes
MulticastDNS setting: no
      DNSSEC setting: no
    DNSSEC supported: no
         DNS Servers: 10.1.2.3
          DNS Domain: ~.

Link 2 (eth0)
      Current Scopes: DNS
       LLMNR setting: yes
         DNS Servers: 192.168.1.1
          DNS Domain: home.arpa
`,
    { servers: ['10.1.2.3:53'], search: ['home.arpa.'], routes: ['home.arpa. 192.168.1.1:53'] },
  ],
  [
    'servers with their names for TLS, which is off (the compiled-in ones of systemd/systemd#19132)',
    `Global
         Protocols: -LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported
       DNS Servers: 1.1.1.1#cloudflare-dns.com 2606:4700:4700::1111#cloudflare-dns.com
`,
    { servers: ['1.1.1.1:53', '[2606:4700:4700::1111]:53'], search: [], routes: [] },
  ],
])('recorded: %s', (_, text, list) => {
  expect(parsed(text)).toEqual(list);
});

test.each([
  'Link 2 (eth0)\n  Protocols: +DefaultRoute +DNSOverTLS\n  DNS Servers: 1.1.1.1\n',
  'Link 2 (eth0)\n  Protocols: +DefaultRoute DNSOverTLS=opportunistic\n  DNS Servers: 1.1.1.1\n',
  'Link 2 (eth0)\n  DNSOverTLS setting: opportunistic\n  DNS Servers: 1.1.1.1\n', // as in systemd/systemd#9778
])('resolvers that systemd-resolved speaks TLS to are not taken from it: %j', (text) => {
  expect(parsed(text)).toBe('over-tls');
});

test.each([
  '',
  'Failed to connect to bus: No such file',
  'Global\n  Protocols: +DNSOverTLS\n',
  'Link 2 (eth0)\n  DNS Domain: lan\n',
])('what names no resolver is no answer: %j', (text) => {
  expect(parsed(text)).toBeUndefined();
});
