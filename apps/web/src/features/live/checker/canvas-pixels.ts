/** Pixels of a picture as the browser decodes it: no colour management, no premultiplication, upright by EXIF. @throws where it cannot */
export async function pixelsOf(
  picture: Blob,
): Promise<{ readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> }> {
  const bitmap = await createImageBitmap(picture, {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
    imageOrientation: 'from-image',
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (!context) throw new Error('This browser gives no canvas to read pictures with: close other tabs or use a current browser.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
