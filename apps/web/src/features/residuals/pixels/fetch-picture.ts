import { askPlatform } from '#web/lib/ask-platform.ts';
import { decodePicture, type Picture } from './decode.ts';

/** A stored picture with its exact values. @throws Error with one sentence where it cannot be read */
export async function fetchPicture(url: string): Promise<Picture> {
  const response = await askPlatform(url);
  const name = `The file ${url.replace(/\?.*$/, '')}`;
  if (!response.ok)
    throw new Error(`${name} could not be read (${response.status}): sign in again, or evaluate the checkpoint again if it stays so.`);
  return await decodePicture(await response.blob(), name);
}
