import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { isPin, pinOf, pinProblem } from './spki-pins.ts';

/** Made by openssl 3.0, its pin by the commands of RFC 7858's appendix A. */
const CERTIFICATE = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUeA2ND+VRaXzxvO65Tu1LP+kxWnYwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLcGlubmVkLnRlc3QwIBcNMjYxMTI2MTExOTM5WhgPMjEyNjEx
MDIxMTE5MzlaMBYxFDASBgNVBAMMC3Bpbm5lZC50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEf5IEsuiq7hISABeCfH+DpTjucv4sV1jgqjP7pZw1XIqrrEJR
HSgPstjJ4lOgSX49F1rQQNUSDKR0iUjQCoFGlqNrMGkwHQYDVR0OBBYEFESXXhUV
oN9hWlhljXy3q5bvO3I7MB8GA1UdIwQYMBaAFESXXhUVoN9hWlhljXy3q5bvO3I7
MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILcGlubmVkLnRlc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAIodKEPe/jRGO1mgdwjLB8XFi12vRH8umUzh0Jc/eDGVAiEA
xfaS25GSWO0PFsbHTBLRO5nii7UGgX3vdtIojm+PWhk=
-----END CERTIFICATE-----`);
const PIN = '27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0=';
/** The pins of RFC 7469 §2.1.5, which have the same form. */
const OTHER = 'd6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=';

test('RFC 7858 §4.2: a pin is what openssl makes of the public key', () => {
  expect(pinOf(CERTIFICATE)).toBe(PIN);
});

test('one pin that fits is enough, and none that fits is told with the pin that would', () => {
  expect(pinProblem(CERTIFICATE, [OTHER, PIN], 'x port 853')).toBeUndefined();
  expect(pinProblem(CERTIFICATE, [OTHER], 'x port 853')).toContain(`its pin is ${PIN}`);
});

test.each([
  [PIN, true],
  [OTHER, true],
  ['', false],
  [PIN.slice(1), false],
  [`${PIN}=`, false],
  [PIN.replace('=', 'A'), false],
  [PIN.replace('0=', '1='), false], // bits beyond the 32 octets
  [PIN.replace('+', '-'), false], // the alphabet of base64url
])('a text has the form of a pin, or has not: %s %s', (text, is) => {
  expect(isPin(text)).toBe(is);
});
