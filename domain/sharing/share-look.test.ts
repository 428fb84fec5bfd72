import { expect, it } from 'vitest';
import { shareLook, shareLookFrom } from './share-look.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const look = (userAgent: string, { method = 'GET', again = false } = {}) => shareLook({ method, userAgent, again });

it.each(['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Twitterbot/1.0', 'facebookexternalhit/1.1', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)', 'TelegramBot (like TwitterBot)', 'WhatsApp/2.23.20.0', 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5', 'Mattermost-Bot/1.1'])('%s only previews', (userAgent) => {
  expect(look(userAgent)).toBe('preview');
});

it('whoever asks for heads only previews too; browsers view, and read again', () => {
  expect([look(CHROME, { method: 'HEAD' }), look(CHROME), look(''), look(CHROME, { again: true })]).toEqual(['preview', 'view', 'view', 'again']);
  expect(['again', 'preview', 'view', 'x', undefined].map(shareLookFrom)).toEqual(['again', 'preview', 'view', 'view', 'view']);
});
