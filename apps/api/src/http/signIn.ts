import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, json, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Platform } from '../context.ts';
import { claimsSchema, signInByIdentity } from '../modules/accounts/identityService.ts';
import { signIn } from '../modules/accounts/service.ts';

const visitor = {
  userAgent: z.string().max(2000).default(''),
  /** Of the visitor. */
  address: z
    .string()
    .max(100)
    .nullish()
    .transform((address) => address ?? null),
};
const passwordBody = z.object({ email: z.string().max(254), password: z.string().max(200), ...visitor });
const identityBody = z.object({ claims: claimsSchema, ticket: z.string().max(4000).nullable(), ...visitor });

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * What our own web server asks; without the internal secret these routes do not exist.
 * `POST /internal/sign-in`: whether an e-mail and a password belong together, for a session.
 * `POST /internal/oidc-sign-in`: a session for whom an OIDC provider vouches for; or, with status 403, the reason why not.
 */
export function signInRoutes(platform: Platform, internalSecret: string): Router {
  const expected = digest(internalSecret);
  const ours: RequestHandler = (request, response, next) => {
    if (timingSafeEqual(digest(request.get('x-plumbline-internal') ?? ''), expected)) next();
    else response.status(404).json({ message: 'There is no such address.' });
  };
  const body = json({ limit: '10kb' });
  return Router()
    .post('/internal/sign-in', ours, body, async (request, response) => {
      const asked = passwordBody.safeParse(request.body);
      if (!asked.success) {
        response.status(401).json({ message: 'The e-mail or the password is wrong.' });
        return;
      }
      const result = await signIn(platform, asked.data);
      if (result.kind === 'signed-in') response.json({ user: result.user, sessionId: result.sessionId });
      else if (result.kind === 'refused') response.status(401).json({ message: result.message });
      else response.status(429).set('Retry-After', String(result.retryAfterSeconds)).json({ message: result.message });
    })
    .post('/internal/oidc-sign-in', ours, body, async (request, response) => {
      const asked = identityBody.safeParse(request.body);
      if (!asked.success) {
        response.status(403).json({ reason: 'unverified' });
        return;
      }
      const { claims, ticket, ...from } = asked.data;
      const result = await signInByIdentity(platform, claims, ticket, from);
      if (result.kind === 'signed-in') response.json({ user: result.user, sessionId: result.sessionId });
      else response.status(403).json({ reason: result.reason });
    });
}
