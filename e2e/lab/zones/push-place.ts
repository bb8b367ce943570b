/** What a zone says of its push server: where it is, and what its certificate looks like. */
export interface PushPlace {
  readonly port: number;
  /** The RDATA of its TLSA records (RFC 6698 §2.1). */
  readonly tlsa: readonly string[];
}

/** The records that lead to the push server `push` of a zone (RFC 8765 §6.1, RFC 7673 §3). */
export function pushRecords({ port, tlsa }: PushPlace): readonly string[] {
  return [
    `_dns-push-tls._tcp SRV 0 0 ${port} push`,
    'push A 127.0.0.1',
    ...tlsa.map((rdata) => `_${port}._tcp.push TLSA ${rdata}`),
  ];
}

/** One printer, so that there is something to be seen where a push server is reached. */
export const ONE_PRINTER: readonly string[] = [
  '_services._dns-sd._udp PTR _ipp._tcp',
  '_ipp._tcp PTR Printer._ipp._tcp',
  'Printer._ipp._tcp SRV 0 0 8631 printer',
  'Printer._ipp._tcp TXT "txtvers=1" "rp=ipp/print"',
  'printer A 192.0.2.31',
];
