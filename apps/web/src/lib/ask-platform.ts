/** As `fetch`, of this platform. @throws Error with one sentence where nobody answers */
export async function askPlatform(address: string, init: RequestInit = { credentials: 'same-origin' }): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch {
    throw new Error('The platform does not answer: check the connection, then try again.');
  }
}
