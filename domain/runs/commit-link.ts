const SCP = /^(?:[^@\s/]+@)?([^:/\s]+):(?!\/\/)(.+)$/;
const SEGMENT = /^[\w.~-]+$/;

interface Remote { readonly host: string; readonly path: string }

/** Host and path of a remote written as an address (https, ssh, git) or as git's short form, git@host:owner/name.git. Null for folders and what is neither. */
function remoteOf(repository: string): Remote | null {
  const given = repository.trim();
  if (!given.includes('://')) {
    const [, host, path] = SCP.exec(given) ?? [];
    return host && path && host.length > 1 ? { host, path } : null;
  }
  if (!URL.canParse(given)) return null;
  const { protocol, hostname, pathname } = new URL(given);
  return ['https:', 'http:', 'ssh:', 'git:', 'git+ssh:'].includes(protocol) ? { host: hostname, path: pathname } : null;
}

/**
 * Where a commit can be read on GitHub or GitLab, which are also run under names like gitlab.example.org. Null for remotes of others, for folders, and for what holds anything but
 * the plain segments those two allow: the link is shown to people who did not write the remote's address.
 * https://docs.github.com/en/repositories and https://docs.gitlab.com/user/project/repository/ say how commits are addressed.
 */
export function commitLink(repository: string | null, commit: string | null): string | null {
  const remote = repository === null ? null : remoteOf(repository);
  if (remote === null || commit === null || !/^[0-9a-f]{7,64}$/.test(commit)) return null;
  const host = remote.host.toLowerCase();
  const segments = remote.path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '').split('/');
  if (segments.length < 2 || !segments.every((segment) => SEGMENT.test(segment) && !/^\.+$/.test(segment)) || !/^[a-z0-9.-]+$/.test(host)) return null;
  if (isNamed(host, 'github')) return segments.length === 2 ? `https://${host}/${segments.join('/')}/commit/${commit}` : null;
  return isNamed(host, 'gitlab') ? `https://${host}/${segments.join('/')}/-/commit/${commit}` : null;
}

const isNamed = (host: string, name: 'github' | 'gitlab'): boolean => host === `${name}.com` || host.startsWith(`${name}.`);
