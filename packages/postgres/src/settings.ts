/** Settings of the server. `fast` gives up durability and is for throw-away databases of tests only. */
export function serverSettings(fast: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A client behind a broken network lets go of its locks within seconds instead of minutes.
    tcp_keepalives_idle: '5',
    tcp_keepalives_interval: '2',
    tcp_keepalives_count: '3',
    tcp_user_timeout: '10s',
    idle_in_transaction_session_timeout: '15s',
    ...(fast
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', max_wal_size: '256MB' }
      : { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }),
  };
  // tcp_user_timeout exists on Linux only; elsewhere the server warns and goes on, so it is left out.
  if (process.platform !== 'linux') delete settings.tcp_user_timeout;
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
