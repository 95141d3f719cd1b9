/** Why signing in by an OIDC provider failed, in one sentence and what to do. @param reason of the API, or of next-auth; a visitor may have typed it */
export function refusalInWords(reason: string, provider: string): string {
  const known: Readonly<Record<string, string>> = {
    unverified: `${provider} does not vouch for your e-mail address. Have it verified there, then try again.`,
    unknown: `There is neither an account nor an invitation with the e-mail that ${provider} has of you. Ask an admin of your team to invite that address.`,
    another: `The account with your e-mail belongs to another person of ${provider}. Ask an admin of your team.`,
    invitation:
      'The invitation is for another e-mail address, or it was used, revoked or has expired meanwhile. Ask who invited you for another one.',
    noOwner: "Nobody has an account yet. Open the one-time link that the terminal printed to make the owner's, then sign in.",
    away: 'The API does not answer; it may be starting. Try again in a moment.',
    OAuthSignin: `${provider} does not answer. Try again later, or sign in with your password.`,
  };
  return Object.hasOwn(known, reason)
    ? known[reason]!
    : `${provider} did not sign you in: it was broken off there, or took too long. Try again.`;
}
