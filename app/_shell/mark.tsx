/** Lemma's mark: an interval with its estimate. */
export function Mark() {
  return (
    <svg className="i" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
      <path d="M2.5 3v10M13.5 3v10M2.5 8h11" /><circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" />
    </svg>
  );
}
