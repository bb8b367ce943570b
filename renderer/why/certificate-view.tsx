import { Fragment } from 'react';
import type { CertificateFacts, CertificateRow } from '../../main/contract/trust.ts';
import { Bdi } from '../common/bdi.tsx';
import { Fact } from '../common/fact.tsx';

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** What a domain's server showed of itself: its certificate, those that it sent along, and the connection. */
export function CertificateView({ row }: { readonly row: CertificateRow }) {
  const [own, ...others] = row.chain;
  if (own === undefined) return null;
  return (
    <section aria-labelledby="certificate-title" className="certificate">
      <h3 id="certificate-title">{row.isBelieved ? 'Certificate' : 'Certificate, refused'}</h3>
      <dl className="facts">
        <Fact term="Server">
          <Bdi text={row.server} />
        </Fact>
        <Fact term="For">{own.names.length === 0 ? <None /> : <Lines texts={own.names} />}</Fact>
        <Fact term="Subject">
          <Bdi text={own.subject === '' ? '(none)' : own.subject} />
        </Fact>
        <Fact term="Issued by">
          <Bdi text={own.issuer === own.subject ? 'itself' : own.issuer} />
        </Fact>
        <Fact term="Good">{validity(own)}</Fact>
        <Fact term="SHA-256">
          <Fingerprint text={own.sha256} />
        </Fact>
        <Fact term="Key’s pin">
          <code>{own.pin}</code>
        </Fact>
        {row.tls === null ? null : (
          <Fact term="TLS">
            {[
              row.tls.version,
              row.tls.cipher,
              row.tls.alpn === null ? 'no ALPN' : `ALPN ${row.tls.alpn}`,
              ...(row.tls.isResumed ? ['resumed'] : []),
            ].join(', ')}
          </Fact>
        )}
        {row.tlsa.length === 0 ? null : (
          <Fact term="TLSA">
            <ul>
              {row.tlsa.map((record) => (
                <li key={record}>
                  <code>{record}</code> {record === row.fits ? '✓ fits' : null}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
      {others.length === 0 ? null : <Others certificates={others} />}
    </section>
  );
}

/** The certificates that came with the server's own. */
function Others({ certificates }: { readonly certificates: readonly CertificateFacts[] }) {
  return (
    <details className="certificate-others">
      <summary>
        Sent along: {certificates.length === 1 ? '1 certificate' : `${certificates.length} certificates`}
      </summary>
      <ul>
        {certificates.map((certificate) => (
          <li key={certificate.sha256}>
            <Bdi text={certificate.subject} />
            <span className="certificate-detail">
              {validity(certificate)}, issued by{' '}
              <Bdi text={certificate.issuer === certificate.subject ? 'itself' : certificate.issuer} />
            </span>
            <Fingerprint text={certificate.sha256} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Pairs of digits between colons, which a line may end behind. */
function Fingerprint({ text }: { readonly text: string }) {
  const pairs = text.split(':');
  return (
    <code className="fingerprint">
      {pairs.map((pair, at) => (
        <Fragment key={at}>
          {pair}
          {at + 1 < pairs.length ? ':' : null}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <Bdi text={text} />
        </li>
      ))}
    </ul>
  );
}

function None() {
  return <span className="lacking">no host name</span>;
}

function validity({ fromMs, untilMs }: CertificateFacts): string {
  return `${day(fromMs)} – ${day(untilMs)}`;
}

/** A date in a certificate can be none. */
function day(atMs: number): string {
  return Number.isFinite(atMs) ? DATE.format(atMs) : 'no date';
}
