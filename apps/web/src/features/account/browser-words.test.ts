import { expect, it } from 'vitest';
import { browserInWords } from './browser-words.ts';

it('names the browser and the system, and shows an unknown agent as it is', () => {
  expect(browserInWords('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36')).toBe('Chrome 156 on Linux');
  expect(browserInWords('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
    'Edge 140 on Windows',
  );
  expect(browserInWords('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15')).toBe(
    'Safari 18 on macOS',
  );
  expect(browserInWords('curl/8.0')).toBe('curl/8.0');
  expect(browserInWords('')).toBe('unknown');
});
