import { expect, it } from 'vitest';
import { signatureOf } from './signature.ts';

it('the signature is that of other libraries: HMAC-SHA256 over time and body', () => {
  // printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac secret
  expect(signatureOf('secret', '{"a":1}', new Date('2026-01-01T00:00:00.900Z'))).toBe(
    't=1767225600,v1=96a067a1c95eb143fc00b9097bcfcbcd5456adda508c443ff219748e764dbed7',
  );
});
