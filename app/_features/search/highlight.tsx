import { fragmentsOf } from './search-results.ts';

/** A fragment of text with the matched words marked. */
export const Highlight = ({ text }: { readonly text: string }) => <>{fragmentsOf(text).map((piece, place) => (piece.matched ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>))}</>;
