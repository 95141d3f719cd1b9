import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, json } from 'express';
import { z } from 'zod';
import type { Platform } from '../context.ts';
import { signIn } from '../modules/accounts/service.ts';

const bodySchema = z.object({
  email: z.string().max(254),
  password: z.string().max(200),
  userAgent: z.string().max(2000).default(''),
  /** Of the visitor. */
  address: z.string().max(100).nullish(),
});

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * `POST /internal/sign-in`: our own web server asks whether an e-mail and a password belong together, and gets a session. Without the internal
 * secret the route does not exist.
 */
export function signInRoute(platform: Platform, internalSecret: string): Router {
  const expected = digest(internalSecret);
  return Router().post('/internal/sign-in', json({ limit: '10kb' }), async (request, response) => {
    if (!timingSafeEqual(digest(request.get('x-plumbline-internal') ?? ''), expected)) {
      response.status(404).json({ message: 'There is no such address.' });
      return;
    }
    const body = bodySchema.safeParse(request.body);
    if (!body.success) {
      response.status(401).json({ message: 'The e-mail or the password is wrong.' });
      return;
    }
    const { email, password, userAgent, address } = body.data;
    const result = await signIn(platform, { email, password, userAgent, address: address ?? null });
    if (result.kind === 'signed-in') response.json({ user: result.user, sessionId: result.sessionId });
    else if (result.kind === 'refused') response.status(401).json({ message: result.message });
    else response.status(429).set('Retry-After', String(result.retryAfterSeconds)).json({ message: result.message });
  });
}
