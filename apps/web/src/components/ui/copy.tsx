'use client';

import { Check, Copy, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button, IconButton } from './button.tsx';
import { Tooltip } from './tooltip.tsx';

function useCopy(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (text: string) => {
    // The clipboard exists only on https and on this machine.
    if (!navigator.clipboard) {
      toast.error('The browser allows copying only over https.', { description: text });
      return;
    }
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.error('The browser refused to copy.', { description: text }),
    );
  };
  return [copied, copy];
}

/** Copies the address of exactly this view. */
export function CopyLink({ compact }: { compact?: boolean }) {
  const [copied, copy] = useCopy();
  const act = () => copy(window.location.href);
  if (compact) {
    return (
      <Tooltip content={copied ? 'Copied' : 'Copy link to this view'}>
        <IconButton label="Copy link to this view" onClick={act}>
          {copied ? <Check /> : <Link2 />}
        </IconButton>
      </Tooltip>
    );
  }
  return (
    <Button size="small" tone="quiet" onClick={act}>
      {copied ? <Check /> : <Link2 />} {copied ? 'Copied' : 'Copy link'}
    </Button>
  );
}

/** A text that is shown in full and copied as a whole: a secret, a link. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [copied, copy] = useCopy();
  return (
    <div className="flex items-start gap-2 rounded-md border bg-surface p-2">
      <code aria-label={label} className="min-w-0 flex-1 py-1 font-mono text-xs break-all select-all">
        {text}
      </code>
      <Button size="small" onClick={() => copy(text)} aria-label={`Copy ${label}`}>
        {copied ? <Check /> : <Copy />} {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** The first characters of a hash; hover shows, click copies all of it. */
export function HashChip({ hash, label = 'hash' }: { hash: string; label?: string }) {
  const [copied, copy] = useCopy();
  const short = hash.replace(/^sha256:/, '').slice(0, 8);
  return (
    <Tooltip content={<span className="font-mono break-all">{copied ? 'Copied' : hash}</span>}>
      <button
        type="button"
        aria-label={`${short}, copy ${label}`}
        onClick={() => copy(hash)}
        className="relative z-10 inline-flex h-5 items-center gap-1 rounded-sm border bg-surface px-1.5 font-mono text-2xs text-ink-2 hover:border-line-strong hover:text-ink"
      >
        {short}
        {copied ? <Check className="size-3 text-good" /> : <Copy className="size-3 text-ink-3" />}
      </button>
    </Tooltip>
  );
}
