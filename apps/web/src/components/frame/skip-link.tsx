'use client';

/** The first stop of Tab: past the frame to the page, which is the element with the id `page`. The address stays as it is; some keep a secret behind the #. */
export function SkipLink() {
  return (
    <a
      href="#page"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('page')?.focus();
      }}
      className="absolute top-1 left-1 z-50 -translate-y-12 rounded-md bg-accent-fill px-3 py-1.5 text-on-accent focus:translate-y-0"
    >
      Skip to the page
    </a>
  );
}
