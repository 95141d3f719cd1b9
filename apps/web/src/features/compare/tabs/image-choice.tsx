'use client';

import { Select } from '#web/components/ui/select.tsx';
import type { Member } from '../data/set.ts';
import type { TabProps } from './tab-props.ts';

/** Images that are offered: the first ones of each kind, since a list of thousands is none. */
const offered = 40;

export interface ChosenImage {
  readonly member: Member;
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** The image of the address, or the first of the class; null behind a link, which opens no pictures. */
export function chosenImage(members: readonly Member[], { view }: Pick<TabProps, 'view'>): ChosenImage | null {
  const asked = view.get('image');
  for (const member of members) {
    const at = asked ? member.imageIds.indexOf(asked) : 0;
    const id = member.imageIds[at];
    if (id) return { member, id, name: member.names[at] ?? id, url: `/files/images/${id}/original` };
  }
  return asked ? chosenImage(members, { view: { ...view, get: () => '' } }) : null;
}

/** Chooses among the images of the member that the chosen one belongs to. */
export function ImageChoice({ chosen: { member, id }, view }: { readonly chosen: ChosenImage; readonly view: TabProps['view'] }) {
  const all = member.imageIds.map((imageId, i) => ({ id: imageId, name: member.names[i] ?? imageId, good: member.labels[i] === 'good' }));
  const some = [...all.filter(({ good }) => good).slice(0, offered), ...all.filter(({ good }) => !good).slice(0, offered)];
  const listed = some.some((image) => image.id === id) ? some : [...all.filter((image) => image.id === id), ...some];
  return (
    <Select
      label="Image"
      className="w-56!"
      value={id}
      onValueChange={(image) => view.set({ image })}
      options={listed.map((image) => ({ value: image.id, label: image.name }))}
    />
  );
}
