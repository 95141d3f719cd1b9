export interface PolicyOptions {
  /** Fresh for every answer; Next puts it on its own scripts. */
  readonly nonce: string;
  readonly publicUrl: URL;
  /** The development server evaluates code for hot reloading. */
  readonly development: boolean;
}

/**
 * The Content-Security-Policy of a page. Scripts run only with the nonce (and what they load). Styles may be inline: toasts, menus and plots
 * set positions and insert style elements at run time. Nothing is loaded from another origin.
 */
export function contentSecurityPolicy({ nonce, publicUrl, development }: PolicyOptions): string {
  const socket = `${publicUrl.protocol === 'https:' ? 'wss' : 'ws'}://${publicUrl.host}`;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : " 'wasm-unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ${socket}${development ? ' ws:' : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

/** Headers of every answer of Next, besides the policy. HSTS only when the public address is https. */
export function securityHeaders(publicUrl: URL): Readonly<Record<string, string>> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'geolocation=(), microphone=(), camera=(self), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(publicUrl.protocol === 'https:' ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}
