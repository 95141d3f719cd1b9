/** Whether a person with this verified e-mail (lower case) may have an account without being invited. */
export type JoinRule = (email: string) => boolean;

const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads `PLUMBLINE_OIDC_ALLOW`: domains of e-mail addresses, divided by commas; `*` for everybody whom the provider knows; empty for nobody.
 * A domain does not include those below it.
 * @throws Error for anything else: a mistyped rule must not open a door
 */
export function joinRuleOf(text: string): JoinRule {
  const parts = text
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const wrong = parts.find((part) => part !== '*' && !domain.test(part));
  if (wrong !== undefined)
    throw new Error(
      `PLUMBLINE_OIDC_ALLOW holds "${wrong}"; write domains of e-mail addresses divided by commas, such as example.org, or *.`,
    );
  const allowed = new Set(parts);
  return (email) => allowed.has('*') || allowed.has(email.slice(email.lastIndexOf('@') + 1));
}
