import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { authentication } from '#web/server/authentication.ts';
import { keepTicket } from '#web/server/invitation-ticket.ts';

type Handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

/** Made when first asked: building the pages needs no configuration. */
let made: Handler | undefined;
const handler: Handler = (request, context) => (made ??= NextAuth(authentication()) as Handler)(request, context);

export const GET = handler;

export const POST: Handler = async (request, context) => {
  const { nextauth } = await context.params;
  if (nextauth.join('/') === 'signin/oidc') {
    const ticket = (await request.clone().formData()).get('ticket');
    await keepTicket(typeof ticket === 'string' ? ticket : '');
  }
  return handler(request, context);
};
