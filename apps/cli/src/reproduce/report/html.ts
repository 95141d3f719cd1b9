import { escapeText } from '@plumbline/ml/figures';

/** Markup, as opposed to text that must be escaped first. */
export type Html = string;

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export interface TableCell {
  readonly text: string;
  readonly bold?: boolean;
}

/** Text with its spread, `0.87 ± 0.01`, in lighter ink from the ± on. */
function inked(text: string): Html {
  const at = text.indexOf(' ± ');
  return at < 0 ? escapeText(text) : `${escapeText(text.slice(0, at))}<span class="soft">${escapeText(text.slice(at))}</span>`;
}

/** A table that scrolls inside itself where the page is narrow. The first column is a heading. */
export function tableOf(head: readonly string[], rows: readonly (readonly TableCell[])[]): Html {
  const cell = ({ text, bold }: TableCell, i: number): Html => {
    const content = bold ? `<b>${inked(text)}</b>` : inked(text);
    return i === 0 ? `<th scope="row">${content}</th>` : `<td>${content}</td>`;
  };
  const top = head.map((title) => `<th scope="col">${escapeText(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<div class="scroll"><table><thead><tr>${top}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export const paragraph = (text: string, kind = ''): Html => `<p${kind ? ` class="${kind}"` : ''}>${escapeText(text)}</p>`;

/** Figures side by side as far as the page is wide. */
export const figures = (contents: readonly Html[]): Html =>
  `<div class="figures">${contents.map((svg) => `<div>${svg}</div>`).join('')}</div>`;

export interface Picture {
  readonly uri: string;
  readonly caption: string;
}

/** Pictures in rows of equal length that scroll together, as large as they fit; pixels are not smoothed. */
export function pictures(...rows: readonly (readonly Picture[])[]): Html {
  const cells = rows
    .flat()
    .map(
      ({ uri, caption }) =>
        `<figure><img src="${uri}" alt="${escapeText(caption)}"><figcaption>${escapeText(caption)}</figcaption></figure>`,
    );
  return `<div class="pictures" style="--columns:${rows[0]?.length ?? 1}">${cells.join('')}</div>`;
}

export const heading = (text: string): Html => `<h3>${escapeText(text)}</h3>`;

/** Shown when its title is opened; needs no script. */
export const folded = (title: string, body: Html): Html => `<details><summary>${escapeText(title)}</summary>${body}</details>`;
