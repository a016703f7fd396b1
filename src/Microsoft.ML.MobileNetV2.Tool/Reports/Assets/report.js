'use strict';
(() => {
  const cards = [...document.querySelectorAll('#gallery > li')];
  const buttons = [...document.querySelectorAll('#confusion button')];
  const status = document.getElementById('gallery-status');
  const all = document.getElementById('show-all');
  if (!status || !all) {
    return;
  }

  const count = number => (number === 1 ? '1 image' : `${number} images`);

  const show = chosen => {
    let shown = 0;
    for (const card of cards) {
      card.hidden = Boolean(chosen) && (card.dataset.label !== chosen.dataset.label || card.dataset.predicted !== chosen.dataset.predicted);
      shown += card.hidden ? 0 : 1;
    }
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button === chosen));
    }
    all.hidden = !chosen;
    const missing = chosen ? Number(chosen.textContent) - shown : 0;
    status.textContent = chosen ? chosen.getAttribute('aria-label') + (missing > 0 ? `; ${shown} shown` : '') : count(shown);
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-pressed') === 'true') {
        show(null);
        return;
      }
      show(button);
      const title = document.getElementById('mistakes');
      title.focus({ preventScroll: true });
      title.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    });
  }

  all.addEventListener('click', () => {
    show(null);
    document.getElementById('mistakes').focus();
  });

  document.addEventListener('keydown', event => {
    const chosen = buttons.find(button => button.getAttribute('aria-pressed') === 'true');
    if (event.key === 'Escape' && chosen) {
      show(null);
      chosen.focus();
    }
  });
})();
