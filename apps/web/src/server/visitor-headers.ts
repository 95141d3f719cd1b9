import type { IncomingHttpHeaders } from 'node:http';

/** Headers by which our servers tell each other something, or which a proxy before us may have added. */
const ours = /^(x-plumbline-|x-forwarded-|forwarded$|content-security-policy$|x-middleware-subrequest$)/;

/**
 * Drops what a visitor may not say, before anything reads it, and says ourselves where the visitor is: the API writes it down.
 * @param address of the socket; that of a proxy where one stands before us
 */
export function trustOnlyOurs(headers: IncomingHttpHeaders, address: string | undefined): void {
  for (const name of Object.keys(headers)) if (ours.test(name)) delete headers[name];
  if (address) headers['x-forwarded-for'] = address;
}
