/** What the scripts take from the command line. Plain Node, as the set-up needs nothing installed. */
import { parseArgs } from 'node:util';
import { say } from './console.mjs';

/**
 * Reads the words behind a script's name. Prints `help` for --help; refuses what is not known with one sentence. Both end the process, before anything is started.
 * @param {string} command as people type it, such as "npm start"
 * @param {string} help
 * @param {readonly string[]} [words] that may be given
 * @returns {string[]} the words that were given
 */
export function wordsOrHelp(command, help, words = []) {
  const { tokens } = parseArgs({ args: process.argv.slice(2), strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option' && (token.name === 'help' || token.name === 'h')) {
      say(help.trim());
      process.exit(0);
    }
    if (token.kind === 'option') refuse(command, token.rawName, words);
    if (token.kind === 'positional' && !words.includes(token.value)) refuse(command, token.value, words);
  }
  return tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
}

/** @param {string} command @param {string} given @param {readonly string[]} words @returns {never} */
function refuse(command, given, words) {
  const known = words.length > 0 ? `choose from ${words.join(', ')}` : 'it takes nothing but --help';
  process.stderr.write(`"${given}" is unknown to ${command}; ${known}.\n`);
  process.exit(2);
}
