import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Lemma', template: '%s · Lemma' },
  description: 'Hypotheses, experiments and verdicts that know about noise.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [{ media: '(prefers-color-scheme: light)', color: '#fbfaf7' }, { media: '(prefers-color-scheme: dark)', color: '#141311' }],
};

/** Runs before the first paint, so that a chosen theme never flashes the other one. Without a choice the system decides, in CSS alone. */
const CHOSEN_THEME = `try{var t=localStorage.getItem("lemma-theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head><script dangerouslySetInnerHTML={{ __html: CHOSEN_THEME }} /></head>
      <body>{children}</body>
    </html>
  );
}
