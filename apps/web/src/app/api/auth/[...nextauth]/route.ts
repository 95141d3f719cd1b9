import NextAuth from 'next-auth';
import { authentication } from '#web/server/authentication.ts';

const handler = NextAuth(authentication);

export { handler as GET, handler as POST };
