import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/source-serif-4/opsz.css';
import './styles/base.css';

import { mount } from 'svelte';

import App from './App.svelte';

if (import.meta.env.MODE === 'mock') {
  const { install } = await import('./mock/bridge');
  install();
}

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
mount(App, { target });
