interface InitialsProps {
  readonly letters: string;
  readonly name: string;
  /** The name stands beside it already. */
  readonly named?: boolean;
}

/** Two letters in a grey circle; the name is on hover and for machines. */
export function Initials({ letters, name, named = false }: InitialsProps) {
  return <span className="av" title={name} {...(named ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>{letters.slice(0, 2)}</span>;
}
