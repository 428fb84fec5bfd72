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

const COMMIT = /^[0-9a-f]{7,64}$/;

/** Where a repository is read on GitHub or GitLab, with what stands there before the name of a page. */
interface Forge { readonly address: string; readonly pages: string }

function forgeOf(repository: string | null): Forge | null {
  const remote = repository === null ? null : remoteOf(repository);
  if (remote === null) return null;
  const host = remote.host.toLowerCase();
  const segments = remote.path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '').split('/');
  if (segments.length < 2 || !segments.every((segment) => SEGMENT.test(segment) && !/^\.+$/.test(segment)) || !/^[a-z0-9.-]+$/.test(host)) return null;
  const address = `https://${host}/${segments.join('/')}`;
  if (isNamed(host, 'github')) return segments.length === 2 ? { address, pages: address } : null;
  return isNamed(host, 'gitlab') ? { address, pages: `${address}/-` } : null;
}

/**
 * Where a commit can be read on GitHub or GitLab, which are also run under names like gitlab.example.org. Null for remotes of others, for folders, and for what holds anything but
 * the plain segments those two allow: the link is shown to people who did not write the remote's address.
 * https://docs.github.com/en/repositories and https://docs.gitlab.com/user/project/repository/ say how commits are addressed.
 */
export function commitLink(repository: string | null, commit: string | null): string | null {
  const forge = forgeOf(repository);
  return forge === null || commit === null || !COMMIT.test(commit) ? null : `${forge.pages}/commit/${commit}`;
}

interface Place { readonly repository: string | null; readonly commit: string | null }

/** Where the forge shows what changed from one commit to another of the same repository; null where it cannot, or there is nothing between them. */
export function compareLink(from: Place, to: Place): string | null {
  const [before, after] = [forgeOf(from.repository), forgeOf(to.repository)];
  if (before === null || before.address.toLowerCase() !== after?.address.toLowerCase() || from.commit === null || to.commit === null || from.commit === to.commit) return null;
  return COMMIT.test(from.commit) && COMMIT.test(to.commit) ? `${after.pages}/compare/${from.commit}...${to.commit}` : null;
}

const isNamed = (host: string, name: 'github' | 'gitlab'): boolean => host === `${name}.com` || host.startsWith(`${name}.`);
