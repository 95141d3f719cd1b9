/** The database cannot be brought up; the message is one sentence saying what, where and the remedy. */
export class PostgresProblem extends Error {
  override readonly name = 'PostgresProblem';
}
