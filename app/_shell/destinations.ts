import { CircleHelp, House, Inbox, KeyRound, LibraryBig, Search, Users, type LucideIcon } from 'lucide-react';

export interface Destination { readonly label: string; readonly href: string; readonly keys: string; readonly icon: LucideIcon }

/** Places that exist whatever project one is in. */
export const DESTINATIONS: readonly Destination[] = [
  { label: 'Home', href: '/', keys: 'G H', icon: House },
  { label: 'Inbox', href: '/inbox', keys: 'G I', icon: Inbox },
  { label: 'What have we tried?', href: '/search', keys: 'G S', icon: Search },
  { label: 'People', href: '/people', keys: 'G P', icon: Users },
  { label: 'Tokens', href: '/tokens', keys: 'G T', icon: KeyRound },
];

export const ProjectIcon = LibraryBig;
export const HelpIcon = CircleHelp;

/** The parts of one project, as the navigation lists them. */
export const projectParts = (slug: string): readonly { readonly label: string; readonly href: string }[] => [
  { label: 'Hypotheses', href: `/p/${slug}` },
  { label: 'Experiments', href: `/p/${slug}?view=experiments` },
  { label: 'Runs', href: `/p/${slug}?view=runs` },
  { label: 'Lineage', href: `/p/${slug}/lineage` },
  { label: 'Code', href: `/p/${slug}/code` },
  { label: 'Datasets', href: `/p/${slug}/datasets` },
  { label: 'Dashboard', href: `/p/${slug}/dashboard` },
  { label: 'Meetings', href: `/p/${slug}/meetings` },
  { label: 'Settings', href: `/p/${slug}/settings` },
];
