import type { NextConfig } from 'next';

const development = process.env.NODE_ENV === 'development';

/** Pages load nothing from other hosts. Inline scripts are Next's own bootstrap and the theme line; styles are React's style attributes. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

const everyPage = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

/** A share link is a secret in an address: it is never sent on, kept or indexed. */
const sharePage = [
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
  { key: 'Cache-Control', value: 'private, no-store' },
];

const config: NextConfig = {
  // Looks nothing up on the network and prints no upgrade prompts: the pages build without one.
  experimental: { agentUpgrade: false },
  distDir: process.env.LEMMA_PAGES_FOLDER ?? '.next',
  // Types are checked by test/house, over the whole tree; a start of Lemma need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // In dev mode the address Lemma prints is 127.0.0.1, while Next would trust only localhost.
  allowedDevOrigins: ['127.0.0.1'],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  headers: async () => [
    { source: '/:path*', headers: everyPage },
    { source: '/s/:path*', headers: sharePage },
  ],
};

export default config;
