import { describe, expect, it } from 'vitest';
import { routeOf } from './routing.ts';

describe('routeOf', () => {
  it('passes GraphQL, files and uploads to the API and everything else to Next', () => {
    expect(routeOf('/graphql?x=1')).toEqual({ to: 'api', url: '/graphql?x=1' });
    expect(routeOf('/files/ab/cdef.png')).toMatchObject({ to: 'api' });
    expect(routeOf('/uploads')).toMatchObject({ to: 'api' });
    expect(routeOf('/uploads/123')).toMatchObject({ to: 'api' });
    expect(routeOf('/')).toMatchObject({ to: 'next' });
    expect(routeOf('/graphqlx')).toMatchObject({ to: 'next' });
    expect(routeOf('/filesystem')).toMatchObject({ to: 'next' });
  });

  it('never lets a path climb out of a proxied prefix into internal routes', () => {
    for (const path of [
      '/files/../internal/sign-in',
      '/files/%2e%2e/internal/sign-in',
      '/files/..%2finternal/sign-in',
      '/files/%2E%2E%2Finternal/sign-in',
      '/uploads/..\\internal/sign-in',
      '/files/x/../../internal/sign-in',
      '/internal/sign-in',
      '//internal/sign-in',
      '/graphql/../internal/sign-in',
    ]) {
      expect(routeOf(path).to, path).not.toBe('api');
    }
  });

  it('refuses what is not a path', () => {
    for (const path of [undefined, '', 'http://elsewhere/graphql', '*', '/%', '/files/%00']) expect(routeOf(path).to).toBe('refused');
  });
});
