/**
 * The outline of a mask, drawn over its image by an SVG filter: where the dilated mask is and the mask is not. The image under it must be
 * shown whole in the same box (object-contain). Put one <MaskOutlineFilter /> on the page.
 */
export function MaskOutline({ url }: { url: string }) {
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
      <image href={url} width="100%" height="100%" preserveAspectRatio="xMidYMid meet" filter="url(#mask-outline)" />
    </svg>
  );
}

export function MaskOutlineFilter() {
  return (
    <svg aria-hidden width="0" height="0" className="absolute">
      <filter id="mask-outline" x="0" y="0" width="100%" height="100%" colorInterpolationFilters="sRGB">
        <feColorMatrix type="luminanceToAlpha" result="mask" />
        <feMorphology in="mask" operator="dilate" radius="1.5" result="wide" />
        <feComposite in="wide" in2="mask" operator="out" result="line" />
        <feFlood floodColor="oklch(0.78 0.13 195)" />
        <feComposite in2="line" operator="in" />
      </filter>
    </svg>
  );
}
