import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export interface ButtonLook {
  /** primary: the one thing to do here. bare: no border, for what stands in a row of tools. */
  readonly look?: 'primary' | 'plain' | 'bare' | 'danger';
  readonly small?: boolean;
  /** Square, for a single icon; give it an aria-label. */
  readonly icon?: boolean;
  /** The key that does the same, shown quietly. */
  readonly hint?: string;
  readonly children: ReactNode;
}

const LOOKS = { primary: 'pri', plain: '', bare: 'bare', danger: 'danger' } as const;

const classOf = ({ look = 'plain', small, icon }: Pick<ButtonLook, 'look' | 'small' | 'icon'>, extra?: string): string =>
  ['btn', LOOKS[look], small && 'sm', icon && 'icon', extra].filter(Boolean).join(' ');

const Inside = ({ hint, children }: Pick<ButtonLook, 'hint' | 'children'>) => <>{children}{hint && <Kbd keys={hint} />}</>;

export function Button({ look, small, icon, hint, children, className, type = 'button', ...rest }: ButtonLook & Omit<ComponentProps<'button'>, 'children'>) {
  return <button type={type} className={classOf({ ...(look && { look }), ...(small && { small }), ...(icon && { icon }) }, className)} {...rest}><Inside {...(hint && { hint })}>{children}</Inside></button>;
}

export function ButtonLink({ look, small, icon, hint, children, className, ...rest }: ButtonLook & Omit<ComponentProps<typeof Link>, 'children'>) {
  return <Link className={classOf({ ...(look && { look }), ...(small && { small }), ...(icon && { icon }) }, className)} {...rest}><Inside {...(hint && { hint })}>{children}</Inside></Link>;
}
