import { signIn } from 'next-auth/react';

/**
 * Signs in by e-mail and password; answers a sentence where that is refused. The address of the page is not sent along, as it would be by default:
 * what stands behind its # is no server's business.
 */
export async function enter(email: string, password: string): Promise<string | null> {
  const result = await signIn('credentials', { redirect: false, callbackUrl: '/', email, password }).catch(() => undefined);
  if (result?.ok && !result.error) return null;
  return !result?.error || result.error === 'CredentialsSignin' ? 'Sign-in failed. Check the e-mail and the password.' : result.error;
}
