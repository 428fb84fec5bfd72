/** Keys as they are pressed, one after the other: "G H" shows two. Hidden where there is no keyboard. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <>{keys.split(' ').map((key, place) => <kbd key={`${key}${place}`} className="hk" aria-hidden="true">{key}</kbd>)}</>;
}
