/** A random text that no other asking has; `crypto.randomUUID` is missing where the platform is reached without TLS. */
export function clientKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
