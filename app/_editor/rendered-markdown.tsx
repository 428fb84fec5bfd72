'use client';

import ReactMarkdown, { defaultUrlTransform } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { MentionLink } from './mention-link.tsx';
import { mentionOfHref } from '../../domain/richtext/mentions.ts';

const SANE = { ...defaultSchema, protocols: { ...defaultSchema.protocols, href: [...(defaultSchema.protocols?.['href'] ?? []), 'lemma'] } };
/** A mention is an address of ours; any other is looked at as before. */
const addressOf = (url: string): string => (mentionOfHref(url) === null ? defaultUrlTransform(url) : url);

/** Markdown someone wrote: sanitised, links open without handing over the page, pictures from elsewhere are not fetched. */
export function RenderedMarkdown({ text }: { readonly text: string }) {
  return (
    <div className="md">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, SANE]]}
        urlTransform={addressOf}
        components={{
          a: ({ href, children }) => mentionOfHref(href ?? '') !== null ? <MentionLink href={href ?? ''}>{children}</MentionLink> : <a className="lk" href={href} rel="noreferrer nofollow" {...(href?.startsWith('/') ? {} : { target: '_blank' })}>{children}</a>,
          // A picture from another server would tell that server who reads this discussion, and when.
          img: ({ src, alt }) => (typeof src === 'string' && src.startsWith('/') ? <img src={src} alt={alt ?? ''} loading="lazy" /> : <a className="lk" href={typeof src === 'string' ? src : undefined} rel="noreferrer nofollow" target="_blank">{alt || 'picture'}</a>),
          table: ({ children }) => <div className="tw"><table className="tb compact">{children}</table></div>,
          h1: ({ children }) => <h3>{children}</h3>,
          h2: ({ children }) => <h3>{children}</h3>,
          h3: ({ children }) => <h4>{children}</h4>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
