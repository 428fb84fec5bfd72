/** Two letters in a grey circle; the name is on hover and for machines. */
export function Initials({ letters, name }: { readonly letters: string; readonly name: string }) {
  return <span className="av" title={name} role="img" aria-label={name}>{letters.slice(0, 2)}</span>;
}
